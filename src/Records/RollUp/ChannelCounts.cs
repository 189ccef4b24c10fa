using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.RollUp;

/// <summary>How many of a class came in by a channel, and how many of them before the event ended.</summary>
public readonly record struct ChannelCount(int? ClassId, SigningChannel Channel, int People, int InTime);

/// <summary>
/// What the tallies do not keep, for sums over many events: channels, and who signed in time. Counted from the rows every ten minutes
/// where something has changed, so that no page counts them.
/// </summary>
public sealed partial class ChannelCounts(CampaignDbFactory dbFactory, TimeProvider time, ILogger<ChannelCounts> log)
    : PeriodicBackgroundService(Interval, time), ILedgerSubscriber
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Rows of the ledger read in one query, between which the store is free for others.</summary>
    private const int Stretch = 100_000;

    private volatile IReadOnlyDictionary<int, List<ChannelCount>> byEvent = new Dictionary<int, List<ChannelCount>>();
    private volatile bool isStale = true;

    /// <summary>As of when; null before they were counted for the first time.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>Of an event, in no order.</summary>
    public IReadOnlyList<ChannelCount> Of(int eventId) => byEvent.TryGetValue(eventId, out var counts) ? counts : [];

    /// <summary>Counts now, where anything has changed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
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
        At = Time.GetUtcNow();
    }

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => isStale = true;

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes) => isStale = true;

    /// <inheritdoc/>
    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure)
    {
        isStale = true;
        LogNotCounted(failure.GetType().Name, Interval);
    }

    [LoggerMessage(2120, LogLevel.Warning,
        "Channels and signatures in time could not be counted ({Reason}); the next try is in {Interval}")]
    private partial void LogNotCounted(string reason, TimeSpan interval);
}
