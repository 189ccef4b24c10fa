using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>Where the ledger is kept. Used by the writer's thread alone; what is peculiar to a database stands in its own store.</summary>
public abstract class LedgerStore : IDisposable
{
    /// <summary>False before the first opening, and after a failure until the next.</summary>
    public abstract bool IsOpen { get; }

    private protected LedgerActs Acts { get; set; } = null!;

    private protected LedgerCounters Counters { get; set; } = null!;

    /// <summary>Connects, and reads where the ledger stands.</summary>
    /// <exception cref="InvalidOperationException">The database does not keep what it acknowledges.</exception>
    public abstract void Open();

    /// <summary>Writes a group in one transaction: each entry by one of those below. Synced to disk when this returns.</summary>
    /// <returns>What has changed, in the order of the sequence.</returns>
    internal abstract List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now);

    internal abstract LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now);

    internal LedgerChange? WipeRehearsal(int eventId, int? by, DateTimeOffset now)
    {
        BeforeAct();
        var people = Acts.WipeRehearsal(eventId);
        if (people == 0)
            return null;
        Counters.ForgetRehearsal(eventId);
        return new LedgerChange.RehearsalWiped(eventId, Note(LedgerActKind.RehearsalWiped, eventId, now, by, null, people));
    }

    internal LedgerChange? Withdraw(long sequence, DateTimeOffset now)
    {
        BeforeAct();
        if (Acts.FindGroup(sequence) is not { } group)
            return null;
        Acts.Erase(sequence, group.Roles.Count, now);
        var last = Note(LedgerActKind.Withdrawn, group.EventId, now, null, sequence, group.Roles.Count);
        return new LedgerChange.People(group.EventId, last, group.Rehearsal, group.ClassId, group.Roles, group.Family, -1);
    }

    internal LedgerChange NoteRecount(int eventId, int people, DateTimeOffset now) =>
        new LedgerChange.Recounted(eventId, Note(LedgerActKind.Recounted, eventId, now, null, null, people));

    /// <summary>Closes the connection and undoes what is not committed; <see cref="Open"/> starts afresh.</summary>
    public abstract void Dispose();

    /// <summary>An act sees what the group has recorded before it.</summary>
    private protected virtual void BeforeAct()
    {
    }

    /// <summary>What the ledger says of a key that is stored already.</summary>
    private protected static LedgerOutcome Known(PledgeDraft draft, StoredRequest stored)
    {
        // What was withdrawn has no hash any more: its receipt says so.
        var same = stored.EventId == draft.EventId && (stored.ContentHash is null || stored.ContentHash.AsSpan().SequenceEqual(draft.ContentHash));
        return same ? new LedgerOutcome.Again(stored.Receipt) : new LedgerOutcome.KeyTaken();
    }

    private long Note(LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people)
    {
        var sequence = ++Counters.LastSequence;
        Acts.Note(sequence, kind, eventId, now, by, subject, people);
        return sequence;
    }
}

/// <summary>What is stored under a key.</summary>
internal sealed record StoredRequest(Receipt Receipt, int EventId, byte[]? ContentHash);
