namespace SafetyCampaign.Ledger;

/// <summary>What a committed entry of the ledger changed at one event.</summary>
/// <param name="EventId">The event's row.</param>
/// <param name="Sequence">The entry's last sequence number; places only grow, over all events and nodes.</param>
public abstract record LedgerChange(int EventId, long Sequence)
{
    /// <summary>
    /// Whether pledges that were stored before may read otherwise now: withdrawn, erased, corrected, merged, invalidated, and
    /// what undoes it. False for a pledge that is new, and for a recount, which changes no row.
    /// </summary>
    public bool ChangesStoredPledges { get; init; }

    /// <summary>Whether this node has erased or overwritten names by it, which may still stand in the database's files.</summary>
    internal bool ErasesNames { get; init; }

    /// <summary>People came in, went out, or moved to another class.</summary>
    /// <param name="EventId">The event's row.</param>
    /// <param name="Sequence">The entry's last sequence number.</param>
    /// <param name="Rehearsal">Whether the practice of the event is meant.</param>
    /// <param name="Counts">What is added to the counts; empty where an act changed none.</param>
    public sealed record Counted(int EventId, long Sequence, bool Rehearsal, IReadOnlyList<CountChange> Counts)
        : LedgerChange(EventId, Sequence);

    /// <summary>
    /// Another node has changed pledges that were not counted here yet: what the event's rows say now, in place of what was
    /// counted.
    /// </summary>
    /// <param name="EventId">The event's row.</param>
    /// <param name="Sequence">The last sequence number that is counted.</param>
    /// <param name="Counts">All that counts at the event.</param>
    /// <param name="Rehearsed">All that counts in its rehearsal.</param>
    public sealed record CountedAnew(int EventId, long Sequence, IReadOnlyList<CountChange> Counts, IReadOnlyList<CountChange> Rehearsed)
        : LedgerChange(EventId, Sequence);

    /// <summary>All practice signatures of the event are gone.</summary>
    /// <param name="EventId">The event's row.</param>
    /// <param name="Sequence">The act's sequence number in the ledger.</param>
    public sealed record RehearsalWiped(int EventId, long Sequence) : LedgerChange(EventId, Sequence);

    /// <summary>
    /// No count changed by this entry, but the version grows: the counts were found wrong and set right, so that they differ
    /// from what screens were told though nobody signed; or another node's act named no pledge that is still there.
    /// </summary>
    /// <param name="EventId">The event's row.</param>
    /// <param name="Sequence">The act's sequence number in the ledger.</param>
    public sealed record Recounted(int EventId, long Sequence) : LedgerChange(EventId, Sequence);
}
