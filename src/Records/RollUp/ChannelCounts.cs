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
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Rows of the ledger read in one query, between which the store is free for others.</summary>
    private const int Stretch = 100_000;

    private volatile IReadOnlyDictionary<int, List<ChannelCount>> byEvent = new Dictionary<int, List<ChannelCount>>();
    private volatile bool isStale = true;
    private readonly Lock access = new();
    private Task counting = Task.CompletedTask;

    /// <summary>As of when; null before they were counted for the first time.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>Of an event, in no order.</summary>
    public IReadOnlyList<ChannelCount> Of(int eventId) => byEvent.TryGetValue(eventId, out var counts) ? counts : [];

    /// <summary>Has them counted anew where anything has changed, and waits for it a little.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        lock (access)
            if (counting.IsCompleted && isStale && (At is not { } at || time.GetUtcNow() - at >= MinAge))
                counting = Task.Run(TryCountAsync, CancellationToken.None);
        await Task.WhenAny(counting, Task.Delay(Patience, cancellationToken));
    }

    private async Task TryCountAsync()
    {
        try
        {
            await CountAsync(lifetime.ApplicationStopping);
        }
        catch (Exception failure) when (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            isStale = true;
            LogNotCounted(failure.GetType().Name);
        }
    }

    /// <summary>Counts now, where anything has changed.</summary>
    public async Task CountAsync(CancellationToken cancellationToken = default)
    {
        if (!isStale)
            return;
        isStale = false; // before the counting: what comes meanwhile is counted next time
        var sums = new Dictionary<(int Event, int? Class, SigningChannel Channel), (int People, int InTime)>();
        await using var db = dbFactory.Open();
        var last = await db.Pledges.MaxAsync(p => (long?)p.Sequence, cancellationToken) ?? 0;
        for (var after = 0L; after < last; after += Stretch)
        {
            var (first, end) = (after, after + Stretch);
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
        byEvent = sums.GroupBy(sum => sum.Key.Event).ToDictionary(of => of.Key,
            of => of.Select(sum => new ChannelCount(sum.Key.Class, sum.Key.Channel, sum.Value.People, sum.Value.InTime)).ToList());
        At = time.GetUtcNow();
    }

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => isStale = true;

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes) => isStale = true;

    [LoggerMessage(2120, LogLevel.Warning,
        "Channels and signatures in time could not be counted ({Reason}); they are when the roll-up is asked for again")]
    private partial void LogNotCounted(string reason);
}
