using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>Counts from the rows themselves: at start, and to check what is kept in memory.</summary>
public sealed class TallyRows(CampaignDbFactory dbFactory)
{
    // Rows of one read: more are faster, fewer keep the read transaction short, since the write-ahead log cannot be reset during one.
    private const int Stretch = 100_000;

    /// <summary>Every event that has a pledge or an act, by id, as all stood at one moment.</summary>
    internal async Task<Dictionary<int, EventTally>> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        await using var moment = await db.BeginSnapshotAsync(cancellationToken); // other nodes may be writing
        var tallies = new Dictionary<int, EventTally>();
        await AddAsync(db.Pledges, tallies, cancellationToken);
        var acts = db.Acts.GroupBy(a => a.EventId).Select(g => new { EventId = g.Key, Last = g.Max(a => a.Sequence) });
        await foreach (var act in acts.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var tally = Of(act.EventId, tallies);
            tally.Version = Math.Max(tally.Version, act.Last);
        }
        return tallies;
    }

    /// <summary>
    /// What the pledges up to a place add up to, by event, while more come in. Those rows change by acts alone, so an
    /// event with an act beyond that place (<paramref name="last"/>) cannot be told from here and is left out.
    /// </summary>
    internal async Task<Dictionary<int, EventTally>> CountUpToAsync(long last, IEnumerable<int> events, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var tallies = events.ToDictionary(id => id, _ => new EventTally());
        for (var after = 0L; after < last; after += Stretch)
        {
            var (first, end) = (after, Math.Min(after + Stretch, last));
            await AddAsync(db.Pledges.Where(p => p.Sequence > first && p.Sequence <= end), tallies, cancellationToken);
        }
        // Only now: an act during the count may have changed what was counted before it.
        foreach (var eventId in await db.Acts.Where(a => a.Sequence > last).Select(a => a.EventId).Distinct().ToListAsync(cancellationToken))
            tallies.Remove(eventId);
        return tallies;
    }

    private static async Task AddAsync(IQueryable<Pledge> pledges, Dictionary<int, EventTally> tallies, CancellationToken cancellationToken)
    {
        var groups = pledges.GroupBy(p => new { p.EventId, p.Rehearsal, p.ClassId, p.Role }).Select(g => new
        {
            g.Key,
            People = g.Count(p => p.WithdrawnAt == null && p.InvalidatedAt == null && p.CountedWith == null),
            Families = g.Count(p => p.WithdrawnAt == null && p.InvalidatedAt == null && p.CountedWith == null && p.Family),
            Last = g.Max(p => p.Sequence),
        });
        await foreach (var group in groups.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var tally = Of(group.Key.EventId, tallies);
            var counts = group.Key.Rehearsal ? tally.Rehearsal : tally.Counted;
            counts.Add(group.Key.ClassId, group.Key.Role, group.People);
            counts.AddFamilies(group.Key.ClassId, group.Families);
            tally.Version = Math.Max(tally.Version, group.Last);
        }
    }

    private static EventTally Of(int eventId, Dictionary<int, EventTally> tallies) =>
        tallies.TryGetValue(eventId, out var tally) ? tally : tallies[eventId] = new EventTally();
}
