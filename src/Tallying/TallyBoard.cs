using System.Collections.Concurrent;
using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>
/// The counts of every event, in memory: counted from the rows when the ledger opens, then updated with each commit, of this node
/// and of others. Reading a tally never touches the pledges.
/// </summary>
public sealed class TallyBoard : IHostedService
{
    private static readonly CultureInfo ClassNames = CultureInfo.GetCultureInfo("zh-CN");
    private readonly ConcurrentDictionary<int, EventTally> byEvent = new();
    private readonly Lock applying = new(); // held for a whole commit, so that a copy is consistent over all events
    private readonly TallyRows rows;
    private readonly TimeProvider time;
    private readonly PledgeLedger ledger;
    private int countedAnew;
    private long countedTo;

    public TallyBoard(PledgeLedger ledger, TallyRows rows, TimeProvider time) =>
        (this.ledger, this.rows, this.time) = (ledger, rows, time);

    /// <summary>
    /// Raised with the event's id after its counts have changed. Handlers must not block: they run on the ledger's
    /// thread.
    /// </summary>
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

    /// <summary>Listens; the ledger must not be open yet.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ledger.Opened += Recount;
        ledger.Committed += Apply;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All counts as they stood after one commit.</summary>
    internal TallyBoardCopy Copy()
    {
        lock (applying)
        {
            var tallies = new Dictionary<int, EventTally>();
            foreach (var (eventId, tally) in byEvent)
            {
                var copy = tallies[eventId] = new EventTally { Version = tally.Version };
                copy.Add(tally);
            }
            return new TallyBoardCopy(countedAnew, tallies.Values.Select(t => t.Version).DefaultIfEmpty().Max(), tallies);
        }
    }

    /// <summary>Adds what an event's counts were short of when they were copied; false where all has been counted anew since.</summary>
    internal bool Repair(int eventId, EventTally missing, TallyBoardCopy copy)
    {
        lock (applying)
        {
            if (copy.CountedAnew != countedAnew)
                return false;
            var tally = Of(eventId);
            lock (tally)
                tally.Add(missing);
            return true;
        }
    }

    private void Recount()
    {
        var counted = rows.CountAsync().GetAwaiter().GetResult();
        lock (applying)
        {
            countedAnew++;
            countedTo = counted.Values.Select(tally => tally.Version).DefaultIfEmpty().Max();
            foreach (var (eventId, tally) in counted)
                byEvent[eventId] = tally;
        }
        foreach (var eventId in counted.Keys)
            Changed?.Invoke(eventId);
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
        lock (applying)
            // What another node wrote between the ledger's opening and the recount is told although it is counted.
            foreach (var change in changes.Where(change => change.Sequence > countedTo))
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

/// <summary>A consistent copy of the board.</summary>
/// <param name="CountedAnew">How often all had been counted anew; a repair of what was counted before is none.</param>
/// <param name="Last">The last sequence number that is counted.</param>
internal sealed record TallyBoardCopy(int CountedAnew, long Last, IReadOnlyDictionary<int, EventTally> Tallies);
