namespace SafetyCampaign.Ledger;

/// <summary>Where the ledger is kept. Used by the writer's thread alone; what is peculiar to a database stands in its own store.</summary>
public abstract class LedgerStore : IDisposable
{
    /// <summary>False before the first opening, and after a failure until the next.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Connects, and reads where the ledger stands.</summary>
    /// <exception cref="InvalidOperationException">The database does not keep what it acknowledges.</exception>
    public abstract void Open();

    /// <summary>Writes a group in one transaction: each entry by one of those below. Synced to disk when this returns.</summary>
    internal abstract List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now);

    internal abstract LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now);

    internal abstract LedgerChange? WipeRehearsal(int eventId, int? by, DateTimeOffset now);

    internal abstract LedgerChange? Withdraw(long sequence, DateTimeOffset now);

    internal abstract LedgerChange NoteRecount(int eventId, int people, DateTimeOffset now);

    /// <summary>Closes the connection and undoes what is not committed; <see cref="Open"/> starts afresh.</summary>
    public abstract void Dispose();
}
