using System.Collections.Concurrent;
using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>
/// The counts of every event, in memory: read from the rows when the ledger opens its store, then changed by each commit, of
/// this node and of others. Reading a tally never touches the pledges.
/// </summary>
public sealed class TallyBoard : ILedgerSubscriber
{
    private static readonly SignerRole[] Roles = Enum.GetValues<SignerRole>();
    private readonly ConcurrentDictionary<int, EventTally> byEvent = new();
    private readonly Lock applying = new(); // held for a whole commit, so that a copy is consistent over all events
    private readonly TallyRows rows;
    private readonly TimeProvider time;
    private int countedAnew;
    private long countedTo;

    /// <summary>Made once, by the container, before the ledger opens its store.</summary>
    /// <param name="rows">Counts from the rows.</param>
    /// <param name="time">Dates the snapshots.</param>
    public TallyBoard(TallyRows rows, TimeProvider time) => (this.rows, this.time) = (rows, time);

    /// <summary>Raised with the event's row after its counts have changed, on the ledger's thread: handlers note it and return.</summary>
    public event Action<int>? Changed;

    /// <summary>
    /// The event's counts now, as the public may know them: those of the rehearsal while it rehearses, else those that count;
    /// of small classes, and of one that hides a single small one, none (<see cref="SmallClassRule"/>). On any thread.
    /// </summary>
    /// <param name="e">The event as the public sees it; its classes are those of the tally.</param>
    /// <param name="language">
    /// In which the classes are named: that of the asker. Without one it is the default language: so in what goes to every
    /// screen at once, whose pages have the names of their own classes by number.
    /// </param>
    public Tally Snapshot(PublishedEvent e, CultureInfo? language = null) => Snapshot(e, language, exact: false);

    /// <summary>The event's counts now, those of small classes too: for the desk alone.</summary>
    /// <inheritdoc cref="Snapshot(PublishedEvent, CultureInfo?)"/>
    public Tally ExactSnapshot(PublishedEvent e, CultureInfo? language = null) => Snapshot(e, language, exact: true);

    /// <summary>
    /// How many people have signed: those of the rehearsal while it rehearses, else those that count; the number alone, which needs
    /// nothing of the event but its row.
    /// </summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="state">Where it is in its life.</param>
    public int People(int eventId, EventState state)
    {
        var tally = Of(eventId);
        lock (tally)
            return (state == EventState.Rehearsal ? tally.Rehearsal : tally.Counted).People;
    }

    /// <summary>What counts of an event, its rehearsal left out; exact, and by nothing of the event but its row: for sums.</summary>
    /// <param name="eventId">The event's row.</param>
    public EventTotals Totals(int eventId)
    {
        if (!byEvent.TryGetValue(eventId, out var tally))
            return EventTotals.Empty;
        lock (tally)
            return new EventTotals(tally.Counted.People, tally.Counted.Families, tally.Counted.Of(SignerRole.Student),
                tally.Counted.OfClasses());
    }

    /// <summary>How many people's practice signatures would be wiped by opening the event.</summary>
    /// <param name="eventId">The event's row.</param>
    public int Rehearsed(int eventId)
    {
        var tally = Of(eventId);
        lock (tally)
            return tally.Rehearsal.People;
    }

    /// <summary>Counts all rows.</summary>
    void ILedgerSubscriber.Opened()
    {
        var counted = rows.Count();
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

    /// <summary>Adds what a commit changed.</summary>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes)
    {
        var touched = new HashSet<int>();
        lock (applying)
            // What another node wrote between the ledger's opening and the counting of the rows is told although it is counted.
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

    private Tally Snapshot(PublishedEvent e, CultureInfo? language, bool exact)
    {
        var culture = language ?? InterfaceLanguages.Default.Culture;
        var untold = exact ? null : e.ClassesWithoutNumbers();
        var tally = Of(e.Id);
        lock (tally)
        {
            var counts = e.State == EventState.Rehearsal ? tally.Rehearsal : tally.Counted;
            return new Tally(e.Code, tally.Version, counts.People, counts.Families,
                Roles.ToDictionary(role => role.WireName(), counts.Of),
                [.. e.In(culture).Classes.Select(c => OfClass(c, counts, culture, untold?.Contains(c.Id) == true))],
                time.GetUtcNow());
        }
    }

    private EventTally Of(int eventId) => byEvent.GetOrAdd(eventId, _ => new EventTally());

    private static ClassTally OfClass(PublishedClass c, EventCounts counts, CultureInfo language, bool isUntold)
    {
        var name = c.Name.In(language);
        if (isUntold)
            return ClassTally.OfFew(c.Id, c.School, name);
        var (people, families, _) = counts.OfClass(c.Id);
        return new ClassTally(c.Id, c.School, name, people, families, c.Expected);
    }
}

/// <summary>A consistent copy of the board.</summary>
/// <param name="CountedAnew">How often all had been counted anew; a repair of what was counted before is none.</param>
/// <param name="Last">The last sequence number that is counted.</param>
/// <param name="Tallies">By the event's row.</param>
internal sealed record TallyBoardCopy(int CountedAnew, long Last, IReadOnlyDictionary<int, EventTally> Tallies);
