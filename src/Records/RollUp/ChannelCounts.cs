using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.RollUp;

/// <summary>How many of a class came in by a channel, and how many of them before the event ended.</summary>
public readonly record struct ChannelCount(int? ClassId, SigningChannel Channel, int People, int InTime);

/// <summary>
/// What the tallies do not keep, for sums over many events: channels, and who signed in time. Counted from the rows in the background
/// when somebody asks and something has changed: no page waits for a large store, and nothing is counted that nobody reads.
/// </summary>
public sealed partial class ChannelCounts(
    CampaignDbFactory dbFactory, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChannelCounts> log) : ILedgerSubscriber
{
    /// <summary>Between two counts while people sign.</summary>
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    /// <summary>For how long who asks waits for a count: all but the largest stores are through by then.</summary>
    private static readonly TimeSpan ReaderWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Rows of the ledger read in one query, between which the store is free for others.</summary>
    private const int BatchSize = 100_000;

    private readonly Lock access = new();
    private volatile Counts counts = new(null, new Dictionary<int, List<ChannelCount>>());
    private volatile bool isStale = true;
    private Task counting = Task.CompletedTask;

    /// <summary>What was counted at once.</summary>
    private sealed record Counts(DateTimeOffset? At, IReadOnlyDictionary<int, List<ChannelCount>> ByEvent);

    /// <summary>As of when; null before they were counted for the first time.</summary>
    public DateTimeOffset? At => counts.At;

    /// <summary>Of an event, in no order.</summary>
    public IReadOnlyList<ChannelCount> Of(int eventId) => counts.ByEvent.TryGetValue(eventId, out var known) ? known : [];

    /// <summary>Has them counted anew where anything has changed, and waits for it a little.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Task running;
        lock (access)
            running = isStale && (At is not { } at || time.GetUtcNow() - at >= MinAge) ? Running() : counting;
        await Task.WhenAny(running, Task.Delay(ReaderWait, cancellationToken)); // who waits no longer has the failure logged all the same
    }

    /// <summary>Counts where anything has changed, and waits until what was committed before the call is counted.</summary>
    /// <exception cref="Exception">It could not be counted.</exception>
    public async Task CountAsync(CancellationToken cancellationToken = default)
    {
        Task before;
        lock (access)
            before = counting;
        // It may have passed the place already where something was changed since it began.
        await before.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        Task running;
        lock (access)
            running = isStale ? Running() : Task.CompletedTask;
        await running.WaitAsync(cancellationToken);
    }

    /// <summary>The one count that runs, begun where none does. Under the lock.</summary>
    private Task Running() => counting.IsCompleted ? counting = Task.Run(TryCountAsync, CancellationToken.None) : counting;

    private async Task TryCountAsync()
    {
        try
        {
            isStale = false; // before the counting: what comes meanwhile is counted next time
            counts = await ReadAsync(lifetime.ApplicationStopping);
        }
        catch (Exception failure)
        {
            isStale = true;
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                LogNotCounted(failure.GetType().Name);
            throw;
        }
    }

    private async Task<Counts> ReadAsync(CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(int Event, int? Class, SigningChannel Channel), (int People, int InTime)>();
        await using var db = dbFactory.Open();
        var last = await db.Pledges.MaxAsync(p => (long?)p.Sequence, cancellationToken) ?? 0;
        for (var after = 0L; after < last; after += BatchSize)
        {
            var (first, end) = (after, after + BatchSize);
            var part = await (
                from p in db.Pledges.Where(p => p.Sequence > first && p.Sequence <= end && !p.Rehearsal).Where(CountingRule.CountedPledge)
                join e in db.Events on p.EventId equals e.Id
                group p by new { p.EventId, p.ClassId, p.Channel, InTime = p.SignedAt <= e.EndsAt } into g
                select new { g.Key, People = g.Count() }).ToListAsync(cancellationToken);
            foreach (var sum in part)
            {
                var key = (sum.Key.EventId, sum.Key.ClassId, sum.Key.Channel);
                var before = sums.GetValueOrDefault(key);
                sums[key] = (before.People + sum.People, before.InTime + (sum.Key.InTime ? sum.People : 0));
            }
        }
        return new Counts(time.GetUtcNow(), sums.GroupBy(sum => sum.Key.Event).ToDictionary(of => of.Key,
            of => of.Select(sum => new ChannelCount(sum.Key.Class, sum.Key.Channel, sum.Value.People, sum.Value.InTime)).ToList()));
    }

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => isStale = true;

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes) => isStale = true;

    [LoggerMessage(2120, LogLevel.Warning,
        "Channels and signatures in time could not be counted ({Reason}); they are when the roll-up is asked for again")]
    private partial void LogNotCounted(string reason);
}
