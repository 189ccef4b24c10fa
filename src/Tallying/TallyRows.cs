using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>Counts from the rows themselves: when the ledger opens its store, and to check what is kept in memory.</summary>
/// <param name="dbFactory">Opens the store, seeing all events.</param>
public sealed class TallyRows(CampaignDbFactory dbFactory) : IWarmUp
{
    // Rows of the ledger read in one query: while a query runs, SQLite cannot reuse its write-ahead log, which then grows.
    private const int BatchSize = 100_000;

    /// <summary>
    /// Every event that has a pledge or an act, by its row, as all stood at one moment. Waits for the database: the ledger's
    /// own thread calls it, and writes nothing until all is counted.
    /// </summary>
    internal Dictionary<int, EventTally> Count()
    {
        using var db = dbFactory.Open();
        using var moment = db.BeginSnapshotTransaction(); // other nodes may be writing
        var tallies = new Dictionary<int, EventTally>();
        foreach (var sum in Sums(db.Pledges))
            Add(sum, tallies);
        foreach (var act in LastActs(db))
        {
            var tally = Of(act.EventId, tallies);
            tally.Version = Math.Max(tally.Version, act.Last);
        }
        return tallies;
    }

    /// <summary>Has EF translate the queries of <see cref="Count"/>, for which each start waits.</summary>
    void IWarmUp.WarmUp()
    {
        using var db = dbFactory.Open();
        using var sums = Sums(db.Pledges).GetEnumerator();
        using var acts = LastActs(db).GetEnumerator();
    }

    /// <summary>
    /// What the pledges up to a place add up to, by event, while more come in. Those rows change by acts alone, so an
    /// event with an act beyond that place (<paramref name="last"/>) cannot be told from here and is left out.
    /// </summary>
    /// <param name="last">The last sequence number to count.</param>
    /// <param name="events">The events' rows.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    internal async Task<Dictionary<int, EventTally>> CountUpToAsync(long last, IEnumerable<int> events, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var tallies = events.ToDictionary(id => id, _ => new EventTally());
        for (var after = 0L; after < last; after += BatchSize)
        {
            var (first, end) = (after, Math.Min(after + BatchSize, last));
            var sums = Sums(db.Pledges.Where(p => p.Sequence > first && p.Sequence <= end));
            await foreach (var sum in sums.AsAsyncEnumerable().WithCancellation(cancellationToken))
                Add(sum, tallies);
        }
        // Only now: an act during the count may have changed what was counted before it.
        foreach (var eventId in await db.Acts.Where(a => a.Sequence > last).Select(a => a.EventId).Distinct()
            .ToListAsync(cancellationToken))
            tallies.Remove(eventId);
        return tallies;
    }

    /// <summary>What the database adds up: one line for each event, rehearsal, class and role.</summary>
    private static IQueryable<Sum> Sums(IQueryable<Pledge> pledges) =>
        pledges.GroupBy(p => new { p.EventId, p.Rehearsal, p.ClassId, p.Role }).Select(g => new Sum
        {
            EventId = g.Key.EventId,
            Rehearsal = g.Key.Rehearsal,
            ClassId = g.Key.ClassId,
            Role = g.Key.Role,
            People = g.AsQueryable().Count(CountingRule.CountedPledge),
            Families = g.AsQueryable().Where(CountingRule.CountedPledge).Count(p => p.Family),
            Last = g.Max(p => p.Sequence),
        });

    private static IQueryable<LastAct> LastActs(CampaignDb db) =>
        db.Acts.GroupBy(a => a.EventId).Select(g => new LastAct { EventId = g.Key, Last = g.Max(a => a.Sequence) });

    private static void Add(Sum sum, Dictionary<int, EventTally> tallies)
    {
        var tally = Of(sum.EventId, tallies);
        var counts = sum.Rehearsal ? tally.Rehearsal : tally.Counted;
        counts.Add(sum.ClassId, sum.Role, sum.People);
        counts.AddFamilies(sum.ClassId, sum.Families);
        tally.Version = Math.Max(tally.Version, sum.Last);
    }

    private static EventTally Of(int eventId, Dictionary<int, EventTally> tallies) =>
        tallies.TryGetValue(eventId, out var tally) ? tally : tallies[eventId] = new EventTally();

    private sealed class Sum
    {
        public required int EventId { get; init; }
        public required bool Rehearsal { get; init; }
        public required int? ClassId { get; init; }
        public required SignerRole Role { get; init; }
        public required int People { get; init; }
        public required int Families { get; init; }
        public required long Last { get; init; }
    }
    private sealed class LastAct
    {
        public required int EventId { get; init; }
        public required long Last { get; init; }
    }
}
