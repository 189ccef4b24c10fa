using System.Data.Common;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Where the ledger is kept. Used by the writer's thread alone; all differences of a database are in its own subclass.</summary>
public abstract class LedgerStore : IDisposable
{
    /// <summary>False before the first opening, and after a failure until the next.</summary>
    public abstract bool IsOpen { get; }

    private protected LedgerActStatements Acts { get; set; } = null!;

    private protected LedgerCounters Counters { get; set; } = null!;

    /// <summary>Connects, and reads the counters.</summary>
    /// <exception cref="InvalidOperationException">The database is configured so that it can lose acknowledged commits.</exception>
    public abstract void Open();

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

    internal void Beat(DateTimeOffset now) => Acts.Beat(now);

    internal LedgerChange? WipeRehearsal(int eventId, int? by, DateTimeOffset now)
    {
        BeforeAct();
        var people = Acts.WipeRehearsal(eventId);
        if (people == 0)
            return null;
        Counters.ForgetRehearsal(eventId);
        var sequence = Note(LedgerActKind.RehearsalWiped, eventId, now, by, people);
        return new LedgerChange.RehearsalWiped(eventId, sequence) { ChangesStoredPledges = true, ErasesNames = true };
    }

    internal LedgerChange.Counted? Withdraw(long sequence, int? by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Withdrawn, by, now, (affected, request) =>
        {
            if (request.All(row => row.WithdrawnAt is not null))
                return false;
            foreach (var row in request)
            {
                Erase(row);
                row.WithdrawnAt = now;
                affected.PromoteDuplicate(row);
            }
            foreach (var row in request)
                row.CountedWith = null; // it would tell the name: that of the pledge it names
            return true;
        });

    internal LedgerChange.Counted? Erase(long sequence, int? by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Erased, by, now, (_, request) =>
        {
            if (request.All(row => row.Name is null))
                return false;
            foreach (var row in request)
            {
                Erase(row);
                row.ErasedAt = now;
            }
            return true;
        });

    /// <summary>Takes back the consent to show masked names; the names themselves stay.</summary>
    internal LedgerChange.Counted? WithdrawMaskedName(long sequence, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.MaskedNameWithdrawn, null, now, (_, request) =>
        {
            if (!request.Any(row => row.ShowMaskedName))
                return false;
            foreach (var row in request)
                row.ShowMaskedName = false;
            request[0].MaskedNameWithdrawnAt = now;
            return true;
        });

    internal LedgerChange.Counted? Correct(long sequence, IReadOnlyList<SignerCorrection> signers, int? by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Corrected, by, now, (_, request) =>
        {
            if (request.Count != signers.Count || request.Any(row => row.Name is null))
                return false;
            var asBefore = request.Select(row => row with { }).ToList();
            foreach (var (row, signer) in request.Zip(signers))
            {
                Forget(row);
                (row.Name, row.ClassId, row.Relation) = (signer.Name, signer.ClassId, signer.Relation);
            }
            var guardian = request.FirstOrDefault(row => row.Role == SignerRole.Guardian);
            foreach (var row in request.Where(
                row => row is { Role: SignerRole.Student, ClassId: not null, Rehearsal: false, Stands: true }))
                Counters.Children.Note(row.EventId, row.ClassId!.Value, row.Name!, row.CountedWith ?? row.Sequence, guardian?.Name,
                    guardian?.Relation);
            if (request.SequenceEqual(asBefore))
                return false;
            Acts.ForgetSent(request[0].Sequence);
            return true;
        });

    internal LedgerChange.Counted? Merge(long sequence, long with, int by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Merged, by, now, (affected, _) =>
        {
            var (row, other) = (affected[sequence]!, affected[with]);
            while (other?.CountedWith is { } further)
                other = affected[further];
            if (other is null || other == row || row.CountedWith is not null || !row.Stands || !other.Stands
                || (other.EventId, other.Role, other.Rehearsal) != (row.EventId, row.Role, row.Rehearsal))
                return false;
            affected.Load(other.Sequence);
            if (affected.NumberCountedWith(row) + affected.NumberCountedWith(other) >= Pledge.MaxCountedTogether)
                return false;
            affected.CountWith(row, other);
            return true;
        }, with);

    internal LedgerChange.Counted? Separate(long sequence, int by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Separated, by, now, (affected, _) =>
        {
            var row = affected[sequence]!;
            if (row.CountedWith is null || !row.Stands)
                return false;
            row.CountedWith = null;
            return true;
        });

    internal LedgerChange.Counted? Invalidate(long sequence, int by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Invalidated, by, now, (affected, request) =>
        {
            if (!request.Any(row => row.Stands))
                return false;
            foreach (var row in request.Where(row => row.Stands))
            {
                row.InvalidatedAt = now;
                affected.PromoteDuplicate(row);
            }
            return true;
        });

    internal LedgerChange.Counted? Reinstate(long sequence, int by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.Reinstated, by, now, (_, request) =>
        {
            if (request.All(row => row.InvalidatedAt is null))
                return false;
            foreach (var row in request)
                row.InvalidatedAt = null;
            return true;
        });

    /// <summary>Erases names and signatures of some pledges of one event.</summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="pledges">Their sequence numbers in the ledger; all of that event.</param>
    /// <param name="now">The time that the act and the rows get.</param>
    internal LedgerChange? Expire(int eventId, IReadOnlyCollection<long> pledges, DateTimeOffset now)
    {
        BeforeAct();
        var erased = 0;
        foreach (var pledge in pledges)
            if (Acts.Expire(pledge, now))
                erased++;
        if (erased == 0)
            return null;
        var sequence = Note(LedgerActKind.Expired, eventId, now, null, people: 0);
        return new LedgerChange.Counted(eventId, sequence, Rehearsal: false, []) { ChangesStoredPledges = true, ErasesNames = true };
    }

    internal LedgerChange NoteRecount(int eventId, int people, DateTimeOffset now) =>
        new LedgerChange.Recounted(eventId, Note(LedgerActKind.Recounted, eventId, now, null, people));

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
        long?[]? countedWith = null;
        var isNewFamily = draft.IsFamily;
        for (var position = 0; position < draft.Signers.Count && !draft.Rehearsal; position++)
        {
            var signer = draft.Signers[position];
            if (signer.Role != SignerRole.Student
                || Counters.Children.DetectDuplicate(draft.EventId, signer, draft.Guardian) is not var (sequence, isFamily))
                continue;
            if (!StillCounts(sequence, signer))
            {
                Counters.Children.Forget(draft.EventId, signer.ClassId!.Value, signer.Name);
                continue;
            }
            (countedWith ??= new long?[draft.Signers.Count])[position] = sequence;
            isNewFamily &= !isFamily;
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
                Counters.Children.Note(draft.EventId, classId, signer.Name, other ?? sequence + position, draft.Guardian?.Name,
                    draft.Guardian?.Relation);
        }
        return counts;
    }

    /// <summary>
    /// The cached pledge may have been withdrawn or corrected since, or changed by another node; or so many count with it that
    /// the next one counts for itself.
    /// </summary>
    private bool StillCounts(long sequence, SignerDraft signer)
    {
        BeforeAct();
        return Acts.Look(sequence, signer.Name, signer.ClassId) is (true, < Pledge.MaxCountedTogether);
    }

    /// <summary>
    /// Changes what was signed in one request, notes the act, tells what it did to the counts. Null where there was nothing
    /// to do.
    /// </summary>
    private LedgerChange.Counted? ActOn(long sequence, LedgerActKind kind, int? by, DateTimeOffset now,
        Func<AffectedPledges, IReadOnlyList<SignedRow>, bool> change, params ReadOnlySpan<long> others)
    {
        BeforeAct();
        var affected = new AffectedPledges(Acts, [sequence, .. others]);
        if (affected[sequence] is not { } row || !change(affected, affected.RequestOf(row)))
            return null;
        var counts = affected.Save(out var reaches);
        var last = ++Counters.LastSequence;
        Acts.Note(last, kind, row.EventId, now, by, sequence, -counts.Sum(count => count.People), CountChange.Write(counts), reaches);
        return new LedgerChange.Counted(row.EventId, last, row.Rehearsal, counts)
        {
            ChangesStoredPledges = true,
            ErasesNames = kind is LedgerActKind.Withdrawn or LedgerActKind.Erased or LedgerActKind.Corrected,
        };
    }

    private void Erase(SignedRow row)
    {
        Forget(row);
        Acts.Erase(row.Sequence);
        (row.Name, row.Relation) = (null, null);
    }

    private void Forget(SignedRow row)
    {
        if (row is { Role: SignerRole.Student, ClassId: { } classId, Name: { } name })
            Counters.Children.Forget(row.EventId, classId, name);
    }

    private long Note(LedgerActKind kind, int eventId, DateTimeOffset now, int? by, int people)
    {
        var sequence = ++Counters.LastSequence;
        Acts.Note(sequence, kind, eventId, now, by, null, people);
        return sequence;
    }
}

/// <summary>What is stored under a key.</summary>
internal sealed record StoredRequest(Receipt Receipt, int EventId, byte[]? ContentHash);
