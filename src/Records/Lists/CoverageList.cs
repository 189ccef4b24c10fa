using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>How many have signed, by class: by role, by channel, and how many of them before the event ended. Counts, no names.</summary>
public sealed class CoverageList(CampaignDbFactory dbFactory, EventSequences sequences, ListWording words)
{
    private static readonly SignerRole[] Roles = Enum.GetValues<SignerRole>();
    private static readonly SigningChannel[] Channels = Enum.GetValues<SigningChannel>();

    /// <param name="e">The event.</param>
    /// <param name="filter">Class, role and channel of the pledges that are counted.</param>
    /// <param name="now">When the list is taken out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ListTable> ReadAsync(
        PublishedEvent e, SignerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var counted = sequences.PledgesOf(db.Pledges, e.Id).Where(p => !p.Rehearsal).Where(CountingRule.CountedPledge);
        var counts = await filter.Of(db, counted)
            .GroupBy(p => new { p.ClassId, p.Role, p.Channel })
            .Select(g => new Count(g.Key.ClassId, g.Key.Role, g.Key.Channel, g.Count(), g.Count(p => p.Family),
                g.Count(p => p.SignedAt <= e.EndsAt)))
            .ToListAsync(cancellationToken);
        return new ListTable(words["Coverage"],
            [
                words.Column("School", 24), words.Column("Class", 14), words.Column("Expected", 12),
                .. Roles.Select(role => new ListColumn(words.Role(role), 12)),
                words.Column("People", 10), words.Column("Families", 10),
                .. Channels.Select(channel => new ListColumn(words.Channel(channel), 12)),
                words.Column("InTime", 16),
            ],
            Rows(e, filter, counts).ToAsyncEnumerable(), words.Notes(e, now, hasNames: false, filter));
    }

    private IEnumerable<IReadOnlyList<object?>> Rows(PublishedEvent e, SignerFilter filter, List<Count> counts)
    {
        foreach (var group in e.Classes.Where(group => filter.IsOfClass(group.Id)))
            yield return Row(group.School, group.LocalizedName(), group.Expected, [.. counts.Where(c => c.ClassId == group.Id)]);
        var others = counts.Where(c => e.ClassOf(c.ClassId) is null).ToList();
        if (others.Count > 0)
            yield return Row(null, words["NoClass"], null, others);
        if (!string.IsNullOrEmpty(filter.Class))
            yield break;
        yield return Row(words["Total"], null, ClassGroup.Together([.. e.Classes.Select(c => c.Expected)]), counts);
    }

    private static IReadOnlyList<object?> Row(string? school, string? name, int? expected, List<Count> counts) =>
    [
        school, name, expected,
        .. Roles.Select(role => (object?)counts.Where(c => c.Role == role).Sum(c => c.People)),
        counts.Sum(c => c.People), counts.Sum(c => c.Families),
        .. Channels.Select(channel => (object?)counts.Where(c => c.Channel == channel).Sum(c => c.People)),
        counts.Sum(c => c.InTime),
    ];

    private sealed record Count(int? ClassId, SignerRole Role, SigningChannel Channel, int People, int Families, int InTime);
}
