using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>Counts from the rows themselves: at start, and to check what is kept in memory.</summary>
public sealed class TallyRows(CampaignDbs dbs)
{
    /// <summary>Every event that has a pledge or an act, by id.</summary>
    internal async Task<Dictionary<int, EventTally>> CountAsync(CancellationToken cancellation = default)
    {
        await using var db = dbs.Open();
        var tallies = new Dictionary<int, EventTally>();
        var groups = db.Pledges.GroupBy(p => new { p.EventId, p.Rehearsal, p.ClassId, p.Role }).Select(g => new
        {
            g.Key,
            People = g.Count(p => p.WithdrawnAt == null),
            Families = g.Count(p => p.WithdrawnAt == null && p.Family),
            Last = g.Max(p => p.Sequence),
        });
        await foreach (var group in groups.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var tally = Of(group.Key.EventId);
            var counts = group.Key.Rehearsal ? tally.Rehearsal : tally.Counted;
            counts.Add(group.Key.ClassId, group.Key.Role, group.People);
            counts.AddFamilies(group.Key.ClassId, group.Families);
            tally.Version = Math.Max(tally.Version, group.Last);
        }
        var acts = db.Acts.GroupBy(a => a.EventId).Select(g => new { EventId = g.Key, Last = g.Max(a => a.Sequence) });
        await foreach (var act in acts.AsAsyncEnumerable().WithCancellation(cancellation))
            Of(act.EventId).Version = Math.Max(Of(act.EventId).Version, act.Last);
        return tallies;

        EventTally Of(int eventId)
        {
            if (!tallies.TryGetValue(eventId, out var tally))
                tallies[eventId] = tally = new EventTally();
            return tally;
        }
    }
}
