using System.Collections.Concurrent;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>Sequence numbers of the ledger, both ends included; empty where the first is beyond the last.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public readonly record struct SequenceRange(long First, long Last)
{
    /// <summary>Holds no number.</summary>
    public static readonly SequenceRange Empty = new(1, 0);

    /// <summary>Whether it holds no number.</summary>
    public bool IsEmpty => First > Last;

    /// <summary>The smallest range that holds both.</summary>
    /// <param name="other">The other one.</param>
    public SequenceRange With(SequenceRange other) =>
        IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(First, other.First), Math.Max(Last, other.Last));
}

/// <summary>
/// Between which sequence numbers each event's pledges lie. Of the table of pledges nothing but the sequence is indexed for all rows (a
/// second index halves the signing rate), so a query of one event names this range: it reads what was signed while the event was, not the
/// whole ledger, and of an event that nobody has signed nothing.
/// </summary>
/// <remarks>
/// Changed by the ledger's writer alone, within the transaction that writes the pledge: so a range may be wider than what is committed,
/// never narrower. What another node has written is in it as soon as it is in the counts. Reading is for any thread.
/// </remarks>
public sealed class EventSequences
{
    private readonly ConcurrentDictionary<int, SequenceRange> byEvent = new();

    /// <summary>Of an event's pledges, practice and those that are withdrawn too.</summary>
    /// <param name="eventId">The event's row.</param>
    public SequenceRange Of(int eventId) => byEvent.GetValueOrDefault(eventId, SequenceRange.Empty);

    /// <summary>Of the pledges of several events.</summary>
    /// <param name="eventIds">The events' rows.</param>
    public SequenceRange Of(IEnumerable<int> eventIds) =>
        eventIds.Aggregate(SequenceRange.Empty, (range, eventId) => range.With(Of(eventId)));

    /// <summary>The pledges of an event, practice and those that are withdrawn too.</summary>
    /// <param name="pledges">All, or some.</param>
    /// <param name="eventId">The event's row.</param>
    public IQueryable<Pledge> PledgesOf(IQueryable<Pledge> pledges, int eventId)
    {
        var (first, last) = Of(eventId);
        return pledges.Where(p => p.Sequence >= first && p.Sequence <= last && p.EventId == eventId);
    }

    /// <summary>The pledges of several events.</summary>
    /// <param name="pledges">All, or some.</param>
    /// <param name="eventIds">The events' rows.</param>
    public IQueryable<Pledge> PledgesOf(IQueryable<Pledge> pledges, IReadOnlyCollection<int> eventIds)
    {
        var (first, last) = Of(eventIds);
        return pledges.Where(p => p.Sequence >= first && p.Sequence <= last && eventIds.Contains(p.EventId));
    }

    /// <summary>Pledges of an event lie there.</summary>
    internal void Extend(int eventId, long first, long last) => byEvent[eventId] = Of(eventId).With(new SequenceRange(first, last));
}
