namespace SafetyCampaign.Ledger;

/// <summary>What a committed entry did to an event's counts. <paramref name="Sequence"/> is the entry's last sequence number.</summary>
public abstract record LedgerChange(int EventId, long Sequence)
{
    /// <summary>People came in, went out, or moved to another class.</summary>
    public sealed record Counted(int EventId, long Sequence, bool Rehearsal, IReadOnlyList<CountChange> Counts) : LedgerChange(EventId, Sequence);

    /// <summary>Another node has changed pledges that were not counted here yet: what the event's rows say now.</summary>
    public sealed record CountedAnew(int EventId, long Sequence, IReadOnlyList<CountChange> Counts, IReadOnlyList<CountChange> Rehearsed) : LedgerChange(EventId, Sequence);

    /// <summary>All practice signatures of the event are gone.</summary>
    public sealed record RehearsalWiped(int EventId, long Sequence) : LedgerChange(EventId, Sequence);

    /// <summary>The counts were found wrong and set right: they differ from what screens were told, without a signature.</summary>
    public sealed record Recounted(int EventId, long Sequence) : LedgerChange(EventId, Sequence);
}
