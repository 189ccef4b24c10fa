using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Something that waits for the writer: it is written within a group's transaction, then answered.</summary>
internal abstract class LedgerEntry
{
    /// <summary>Nothing to write: an act waits in the other queue.</summary>
    public static LedgerEntry Wake { get; } = new ActEntry((_, _) => null);

    /// <summary>Writes into the open transaction. Returns what it changes once committed, or null.</summary>
    public abstract LedgerChange? Write(LedgerStore store, DateTimeOffset now);

    /// <summary>The line of the audit log that belongs into the same transaction where something was changed; null for none.</summary>
    public virtual AuditEntry? Audit => null;

    /// <summary>The transaction is on disk.</summary>
    public abstract void Answer();

    /// <summary>The transaction is not on disk, as far as we know.</summary>
    public abstract void Fail();
}

/// <summary>A request's pledges.</summary>
internal sealed class RecordEntry(PledgeDraft draft) : LedgerEntry
{
    private readonly TaskCompletionSource<LedgerOutcome> answer = new();
    private LedgerOutcome? outcome;

    public PledgeDraft Draft => draft;

    public Task<LedgerOutcome> Outcome => answer.Task;

    public override AuditEntry? Audit => draft.Audit;

    public override LedgerChange? Write(LedgerStore store, DateTimeOffset now)
    {
        outcome = store.Record(draft, now);
        return outcome is LedgerOutcome.Recorded { Receipt: var receipt } recorded
            ? new LedgerChange.Counted(draft.EventId, receipt.Sequence + draft.Signers.Count - 1, draft.Rehearsal, recorded.Counts)
            : null;
    }

    public override void Answer() => answer.TrySetResult(outcome!);

    public override void Fail() => answer.TrySetResult(new LedgerOutcome.Unavailable());
}

/// <summary>An act that changes what counts; its answer tells whether there was anything to do.</summary>
internal sealed class ActEntry(Func<LedgerStore, DateTimeOffset, LedgerChange?> act, AuditEntry? audit = null) : LedgerEntry
{
    private readonly TaskCompletionSource<bool> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LedgerChange? change;

    public Task<bool> Done => answer.Task;

    public override AuditEntry? Audit => audit;

    public override LedgerChange? Write(LedgerStore store, DateTimeOffset now) => change = act(store, now);

    public override void Answer() => answer.TrySetResult(change is not null);

    public override void Fail() => answer.TrySetException(new LedgerUnavailableException());
}

/// <summary>Writes nothing; once its group is committed, the store's log is cut.</summary>
internal sealed class TruncateLogEntry : LedgerEntry
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> Done => done.Task;

    public override LedgerChange? Write(LedgerStore store, DateTimeOffset now) => null;

    public override void Answer()
    {
        // Not yet: after the commit comes Run.
    }

    public override void Fail() => done.TrySetResult(false);

    /// <summary>Outside of any transaction.</summary>
    public void Run(LedgerStore store)
    {
        try
        {
            done.TrySetResult(store.TruncateLog());
        }
        catch (Exception failure)
        {
            done.TrySetException(failure);
        }
    }
}

/// <summary>The ledger could not write: overloaded, or the disk is full or failing. Trying again is safe.</summary>
public sealed class LedgerUnavailableException() : Exception("The ledger cannot write now.");
