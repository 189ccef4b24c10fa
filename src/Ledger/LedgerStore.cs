using System.Data.Common;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Where the ledger is kept. Used by the writer's thread alone; all differences of a database are in its own subclass.</summary>
public abstract partial class LedgerStore : IDisposable
{
    /// <summary>False before the first opening, and after a failure until the next.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Where each event's pledges lie.</summary>
    public EventSequences Sequences { get; } = new();

    private protected LedgerActStatements Acts { get; set; } = null!;

    private protected LedgerCounters Counters { get; set; } = null!;

    /// <summary>Connects, and reads the counters.</summary>
    /// <param name="now">The time of the opening.</param>
    /// <exception cref="InvalidOperationException">The database is configured so that it can lose acknowledged commits.</exception>
    public abstract void Open(DateTimeOffset now);

    /// <summary>Writes a group in one transaction: each entry by one of those below. Synced to disk when this returns.</summary>
    /// <returns>What has changed, in the order of the sequence.</returns>
    internal abstract List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now);

    /// <summary>
    /// Whether erased names may stand in a log of the store's own when it is opened. To be cleared by
    /// <see cref="TruncateLog"/>.
    /// </summary>
    internal virtual bool HoldsLogAtOpening => false;

    /// <summary>
    /// Moves what stands in the store's own log to its tables and cuts the log, in which names stand as they were written
    /// before they were erased. Between two groups.
    /// </summary>
    /// <returns>False where somebody still reads from the log: to be tried again.</returns>
    internal virtual bool TruncateLog() => true;
    /// <summary>Writes the entries into the open transaction, and after them what the audit log says of them.</summary>
    /// <param name="connection">The store's own.</param>
    /// <param name="group">In the order of the queue.</param>
    /// <param name="changes">Takes what has changed.</param>
    /// <param name="now">The time of the group.</param>
    private protected void WriteEntries(DbConnection connection, List<LedgerEntry> group, List<LedgerChange> changes, DateTimeOffset now)
    {
        List<AuditEntry>? lines = null;
        foreach (var entry in group)
            if (entry.Write(this, now) is { } change)
            {
                changes.Add(change);
                if (entry.Audit is { } line)
                    (lines ??= []).Add(line);
            }
        if (lines is null)
            return;
        BeforeAct(); // what waits goes first: the lock of the audit log's chain is taken last
        AuditAppender.AppendAsync(connection, "", lines, now, CancellationToken.None).GetAwaiter().GetResult();
    }

    internal abstract LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now);

    internal void WriteHeartbeat(DateTimeOffset now) => Acts.WriteHeartbeat(now);

    /// <summary>Closes the connection and undoes what is not committed; <see cref="Open"/> connects again.</summary>
    public abstract void Dispose();

    /// <summary>An act sees what the group has recorded before it.</summary>
    private protected virtual void BeforeAct()
    {
    }

    /// <summary>The outcome for a key that is stored already.</summary>
    private protected static LedgerOutcome Known(PledgeDraft draft, StoredRequest stored)
    {
        // Once a name was erased or corrected there is no hash to compare with any more: the key alone is answered with its
        // receipt, which shows what has become of it.
        var same = stored.EventId == draft.EventId && stored.Receipt.HasAddress
            && (stored.ContentHash is null || stored.ContentHash.AsSpan().SequenceEqual(draft.ContentHash));
        return same ? new LedgerOutcome.Repeated(stored.Receipt) : new LedgerOutcome.KeyTaken();
    }

    /// <summary>Where a draft's signers count: some children may have signed before, beside their other guardian.</summary>
    private protected DuplicateOutcome DetectDuplicate(PledgeDraft draft)
    {
        if (!draft.Rehearsal && !Counters.HasChildren(draft.EventId))
        {
            BeforeAct();
            Counters.LoadChildren(Acts.Connection, draft.EventId);
        }
        long?[]? countedWith = null;
        var isNewFamily = draft.IsFamily;
        for (var position = 0; position < draft.Signers.Count && !draft.Rehearsal; position++)
        {
            var signer = draft.Signers[position];
            if (signer.Role != SignerRole.Student
                || Counters.Children.DetectDuplicate(draft.EventId, signer, draft.Guardian) is not var (sequence, isFamily))
                continue;
            if (FindCounting(draft.EventId, sequence, signer) is not { } counting)
            {
                Counters.Children.Forget(draft.EventId, signer.ClassId!.Value, signer.Name, signer.RosterEntryId);
                continue;
            }
            (countedWith ??= new long?[draft.Signers.Count])[position] = counting;
            isNewFamily &= !isFamily;
            for (var other = 0; isFamily && other < draft.Signers.Count; other++)
                if (draft.Signers[other].Role == SignerRole.Guardian)
                    countedWith[other] ??= FindUnnamedGuardian(draft, counting, signer.RosterEntryId)
                        ?? FindSameGuardian(draft.EventId, draft.Signers[other], counting, signer.RosterEntryId);
        }
        if (!draft.Rehearsal && draft.LoneGuardian is { RosterEntryId: { } entry } alone
            && Counters.Children.FindListed(draft.EventId, entry) is var (child, hasGuardian)
            && FindCounting(draft.EventId, child, alone) is { } pupil)
        {
            isNewFamily = !hasGuardian;
            if (hasGuardian && FindSameGuardian(draft.EventId, alone, pupil, entry) is { } same)
                countedWith = [same];
        }
        return new DuplicateOutcome(countedWith, isNewFamily);
    }

    /// <summary>Notes the children who have signed, and tells what all of it does to the counts.</summary>
    /// <param name="draft">What has been recorded.</param>
    /// <param name="sequence">Of the first pledge; the others follow it.</param>
    /// <param name="duplicates">Where its signers count.</param>
    private protected CountChange[] Remember(PledgeDraft draft, long sequence, DuplicateOutcome duplicates)
    {
        var counts = new CountChange[duplicates.People(draft.Signers.Count)];
        var counted = 0;
        for (var position = 0; position < draft.Signers.Count; position++)
        {
            var (signer, other) = (draft.Signers[position], duplicates.CountedWith(position));
            if (other is null)
                counts[counted++] = new CountChange(signer.ClassId, signer.Role, 1, duplicates.IsFamilyAt(position) ? 1 : 0);
            if (!draft.Rehearsal && signer is { Role: SignerRole.Student, ClassId: { } classId })
                Counters.Children.Add(draft.EventId, classId, signer.Name, signer.RosterEntryId, other ?? sequence + position,
                    draft.Guardian is { } by ? KnownChildren.GuardianOf(by.Name, by.Relation, by.SignatureKind) : null,
                    draft.Guardian?.Relation);
        }
        if (!draft.Rehearsal && draft.LoneGuardian is { RosterEntryId: { } entry })
            Counters.Children.NoteGuardian(draft.EventId, entry);
        return counts;
    }

    /// <summary>
    /// On a class sheet nobody reads a guardian's name. Where the same child signed with a guardian before, and one of the two signed on
    /// paper, they count as one, until an organizer separates them.
    /// </summary>
    private long? FindUnnamedGuardian(PledgeDraft draft, long child, int? entry)
    {
        var isOnPaper = draft.Channel == SigningChannel.Paper;
        if (Acts.FindGuardian(child) is var (guardian, channel, together))
            return (isOnPaper || channel == SigningChannel.Paper) && together < Pledge.MaxCountedTogether ? guardian : null;
        return isOnPaper && entry is { } own
            ? Acts.LoneGuardians([own]).Find(row => row is { Stands: true, CountedWith: null } && row.EventId == draft.EventId)?.Sequence
            : null;
    }

    /// <summary>A guardian who signs with the same child again counts with the earlier pledge (<see cref="SameGuardian"/>).</summary>
    private long? FindSameGuardian(int eventId, SignerDraft guardian, long child, int? entry)
    {
        bool IsSame(string? name, GuardianRelation? relation, SignatureKind kind) => SameGuardian.Is(
            guardian.Name, guardian.Relation, guardian.SignatureKind, name, relation, kind);

        if (Acts.FindGuardians(child).Find(known => IsSame(known.Name, known.Relation, known.SignatureKind)) is { } same)
            return same.Together < Pledge.MaxCountedTogether ? same.Sequence : null;
        return entry is not { } own ? null : Acts.LoneGuardians([own]).Find(row => row.EventId == eventId
            && row is { Stands: true, CountedWith: null } && IsSame(row.Name, row.Relation, row.SignatureKind))?.Sequence;
    }

    /// <summary>
    /// Where the cached pledge counts now: it may have been withdrawn, corrected or merged by another node since.
    /// </summary>
    /// <returns>Null where it is another child's or counts no longer, or where so many count with it that the next one counts for
    /// itself.</returns>
    private long? FindCounting(int eventId, long sequence, SignerDraft signer)
    {
        BeforeAct();
        var known = Acts.Look(sequence, signer);
        if (known is not { Counts: true, IsSame: true } && known?.CountedWith is { } other)
            known = Acts.Look(other, signer);
        if (known is not { Counts: true, IsSame: true } && signer.RosterEntryId is { } entry
            && Acts.FindByEntry(eventId, entry) is { } anew)
            known = Acts.Look(anew, signer);
        return known is { Counts: true, IsSame: true, Together: < Pledge.MaxCountedTogether } ? known.Sequence : null;
    }
}

/// <summary>What is stored under a key.</summary>
internal sealed record StoredRequest(Receipt Receipt, int EventId, byte[]? ContentHash);
