using System.Collections.Concurrent;
using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>
/// The counts of every event, in memory: read from the rows once at start, then fed by each commit of the ledger. Reading
/// a tally never touches the pledges.
/// </summary>
public sealed class TallyBoard : IHostedService
{
    private static readonly CultureInfo ClassNames = CultureInfo.GetCultureInfo("zh-CN");
    private readonly ConcurrentDictionary<int, EventTally> byEvent = new();
    private readonly TallyRows rows;
    private readonly TimeProvider time;

    public TallyBoard(PledgeLedger ledger, TallyRows rows, TimeProvider time)
    {
        (this.rows, this.time) = (rows, time);
        ledger.Committed += Apply;
        ledger.Reopened += () => Recount(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Raised with the event's id after its counts have changed. Handlers must be quick.</summary>
    public event Action<int>? Changed;

    /// <summary>The event's counts now: those of the rehearsal while it rehearses, else those that count.</summary>
    public Tally Snapshot(PublishedEvent e)
    {
        var tally = Of(e.Id);
        lock (tally)
        {
            var counts = e.State == EventState.Rehearsal ? tally.Rehearsal : tally.Counted;
            return new Tally(e.Code, tally.Version, counts.People, counts.Families,
                Enum.GetValues<SignerRole>().ToDictionary(role => role.ToString().ToLowerInvariant(), counts.Of),
                [.. e.Classes.Select(c => OfClass(c, counts))],
                time.GetUtcNow());
        }
    }

    /// <summary>How many practice signatures would be wiped by opening.</summary>
    public int Rehearsed(int eventId)
    {
        var tally = Of(eventId);
        lock (tally)
            return tally.Rehearsal.People;
    }

    /// <summary>Counts the rows; the ledger must not be writing yet.</summary>
    public Task StartAsync(CancellationToken cancellation) => Recount(cancellation);

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    private async Task Recount(CancellationToken cancellation)
    {
        foreach (var (eventId, tally) in await rows.CountAsync(cancellation))
        {
            byEvent[eventId] = tally;
            Changed?.Invoke(eventId);
        }
    }

    private EventTally Of(int eventId) => byEvent.GetOrAdd(eventId, _ => new EventTally());

    private static ClassTally OfClass(PublishedClass c, EventCounts counts)
    {
        var (people, families) = counts.OfClass(c.Id);
        return new ClassTally(c.Id, c.School, ClassGroup.NameOf(c.Grade, c.Number, ClassNames), people, families, c.Expected);
    }

    private void Apply(IReadOnlyList<LedgerChange> changes)
    {
        var touched = new HashSet<int>();
        foreach (var change in changes)
        {
            var tally = Of(change.EventId);
            lock (tally)
                tally.Apply(change);
            touched.Add(change.EventId);
        }
        foreach (var eventId in touched)
            Changed?.Invoke(eventId);
    }
}
