using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>The children who count at an event, by school and class, with whoever signed beside them: one row a child.</summary>
public sealed class FamilyList(CampaignDbFactory dbFactory, EventSequences sequences, ListWording words)
{
    private const int MaxGuardians = 2;

    /// <param name="e">The event.</param>
    /// <param name="filter">Its class alone counts; the class of a child, whatever its guardian's pledge says.</param>
    /// <param name="now">When the list is taken out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(ListTable Table, int Rows)> ReadAsync(
        PublishedEvent e, SignerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var valid = await sequences.PledgesOf(db.Pledges.AsNoTracking(), e.Id).Where(p => !p.Rehearsal
                && (p.Role == SignerRole.Student || p.Role == SignerRole.Guardian)).Where(CountingRule.ValidPledge)
            .OrderBy(p => p.Sequence)
            .Select(p => new Signer(
                p.Sequence, p.Sequence - p.Position, p.Role, p.ClassId, p.RosterEntryId,
                SignerName.Of(p.Name, p.Relation, p.SignatureKind), p.Relation, p.SignedAt, p.CountedWith))
            .ToListAsync(cancellationToken);
        var guardians = valid.Where(s => s.Role == SignerRole.Guardian).ToList();
        var (ofRequest, alone) = (guardians.ToLookup(s => s.Request), guardians.ToLookup(s => s.Entry));
        // A child's pledges: its own, and those that count with it.
        var pledges = valid.Where(s => s.Role == SignerRole.Student).ToLookup(s => s.CountedWith ?? s.Sequence);
        var place = e.Classes.Select((group, at) => (group.Id, at)).ToDictionary(c => c.Id, c => c.at);
        var children = valid.Where(s => s is { Role: SignerRole.Student, CountedWith: null } && filter.IsOfClass(s.ClassId))
            .OrderBy(s => s.ClassId is { } id ? place.GetValueOrDefault(id, int.MaxValue) : int.MaxValue).ThenBy(s => s.Sequence).ToList();
        var table = new ListTable(words["Families"],
            [
                words.Column("School", 24), words.Column("Class", 14), words.Column("Child", 16), words.Column("Guardian", 16),
                words.Column("GuardianRelation", 14), words.Column("Guardian2", 16), words.Column("Guardian2Relation", 14),
                words.Column("Complete", 12), words.Column("At", 20), words.Column("Remark", 30),
            ],
            Rows().ToAsyncEnumerable(), words.Notes(e, now, hasNames: true, filter));
        return (table, children.Count);

        // Who signed with the child, and who signed later with its slip.
        IEnumerable<Signer> BesideOf(Signer child) =>
            ofRequest[child.Request].Concat(child.Entry is { } entry ? alone[entry] : []);

        IEnumerable<IReadOnlyList<object?>> Rows()
        {
            foreach (var child in children)
            {
                var group = e.ClassOf(child.ClassId);
                var beside = pledges[child.Sequence].SelectMany(BesideOf).OrderBy(s => s.Sequence)
                    .DistinctBy(s => s.CountedWith ?? s.Sequence).Take(MaxGuardians).ToList();
                var (first, second) = (beside.ElementAtOrDefault(0), beside.ElementAtOrDefault(1));
                yield return
                [
                    group?.School, group?.LocalizedName(), child.Name, first?.Name, words.Relation(first?.Relation), second?.Name,
                    words.Relation(second?.Relation), words[CompleteOf(e, child, beside.Count > 0)],
                    e.Local(child.SignedAt).DateTime,
                    beside.Prepend(child).Any(s => s.Name is null) ? words["Remark.Erased"] : null,
                ];
            }
        }
    }

    /// <summary>Nothing is missing where a child's class is old enough to sign without a guardian.</summary>
    private static string CompleteOf(PublishedEvent e, Signer child, bool hasGuardian) => hasGuardian ? "Complete.Yes"
        : e.ClassOf(child.ClassId) is { NeedsGuardian: false } ? "Complete.NotNeeded"
        : "Complete.No";

    private sealed record Signer(
        long Sequence, long Request, SignerRole Role, int? ClassId, int? Entry, string? Name, GuardianRelation? Relation,
        DateTimeOffset SignedAt, long? CountedWith);
}
