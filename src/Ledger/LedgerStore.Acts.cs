using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What an act changes of the stored pledges, the same on every database.</summary>
public abstract partial class LedgerStore
{
    /// <summary>Of requests that other nodes have changed: with more, all of the event is read when somebody signs there next.</summary>
    private const int MaxRequestsReadAnew = 16;

    internal LedgerChange? WipeRehearsal(int eventId, int? by, DateTimeOffset now)
    {
        BeforeAct();
        var range = Sequences.Of(eventId);
        var hadPaper = Acts.WipePractisedPaper(eventId, range);
        var people = Acts.WipeRehearsal(eventId, range);
        if (people == 0 && !hadPaper)
            return null;
        Counters.ForgetRehearsal(eventId);
        var sequence = InsertAct(LedgerActKind.RehearsalWiped, eventId, now, by, people);
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
                // Perhaps another pupil's now: what the list has of that name, the next pledge tells.
                if (row.ClassId != signer.ClassId
                    || (row.Role == SignerRole.Student && PersonName.KeyOf(row.Name!) != PersonName.KeyOf(signer.Name)))
                    row.RosterEntryId = null;
                (row.Name, row.ClassId, row.Relation) = (signer.Name, signer.ClassId, signer.Relation);
                if (row.SignatureKind == SignatureKind.HandwrittenName && !signer.HandwrittenName)
                    row.SignatureKind = SignatureKind.Handwritten; // the name is known now
            }
            if (request.SequenceEqual(asBefore))
                return false;
            Acts.ForgetSent(request[0].Sequence);
            Acts.DeletePaperPictures(request[0].Sequence); // they show the former name
            return true;
        });

    /// <summary>
    /// A pledge goes into another class, and the guardian beside it unless another child of the former class stays there.
    /// </summary>
    internal LedgerChange.Counted? ChangeClass(long sequence, int from, int to, int? by, DateTimeOffset now) =>
        ActOn(sequence, LedgerActKind.ClassChanged, by, now, (affected, request) =>
        {
            var row = affected[sequence]!;
            if (row.ClassId != from || from == to)
                return false;
            row.ClassId = to;
            if (!request.Any(other => other.Role == SignerRole.Student && other.ClassId == from))
                foreach (var beside in request.Where(other => other.ClassId == from))
                    beside.ClassId = to;
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
            if (row.CountedWith is not { } with || !row.Stands)
                return false;
            row.CountedWith = null;
            affected.Load(with);
            if (row.Role == SignerRole.Student && affected.IsListedAs(with, row.RosterEntryId))
                row.RosterEntryId = null; // found to be another pupil than the one on the list
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
        ActOn(sequence, LedgerActKind.Reinstated, by, now, (affected, request) =>
        {
            if (request.All(row => row.InvalidatedAt is null))
                return false;
            foreach (var row in request.Where(row => row.InvalidatedAt is not null))
            {
                if (row is { WithdrawnAt: null, CountedWith: { } with })
                    affected.CountInsteadOf(with, row);
                // Meanwhile the pupil may have signed again, which counts.
                if (row is { Role: SignerRole.Student, RosterEntryId: { } entry, CountedWith: null, Rehearsal: false, WithdrawnAt: null }
                    && Acts.FindByEntry(row.EventId, entry) is { } counting)
                {
                    affected.Load(counting);
                    if (affected[counting] is { } other
                        && affected.NumberCountedWith(row) + affected.NumberCountedWith(other) < Pledge.MaxCountedTogether)
                        affected.CountWith(row, other);
                }
                row.InvalidatedAt = null;
            }
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
        var sequence = InsertAct(LedgerActKind.Expired, eventId, now, null, people: 0);
        return new LedgerChange.Counted(eventId, sequence, Rehearsal: false, []) { ChangesStoredPledges = true, ErasesNames = true };
    }

    internal LedgerChange NoteRecount(int eventId, int people, DateTimeOffset now) =>
        new LedgerChange.Recounted(eventId, InsertAct(LedgerActKind.Recounted, eventId, now, null, people));

    /// <summary>
    /// Changes what was signed in one request, notes the act, tells what it did to the counts. Null where there was nothing
    /// to do.
    /// </summary>
    private LedgerChange.Counted? ActOn(long sequence, LedgerActKind kind, int? by, DateTimeOffset now,
        Func<AffectedPledges, IReadOnlyList<SignedRow>, bool> change, params ReadOnlySpan<long> others)
    {
        BeforeAct();
        var affected = new AffectedPledges(Acts, [sequence, .. others]);
        var before = affected.Rows.Select(r => r with { }).ToList();
        if (affected[sequence] is not { } row || !change(affected, affected.RequestOf(row)))
            return null;
        var former = before.Find(was => affected[was.Sequence]!.ClassId != was.ClassId)?.ClassId;
        var counts = affected.Save(out var lastChanged);
        RefreshKnownChildren(before, affected.Rows);
        var last = ++Counters.LastSequence;
        Acts.InsertAct(last, kind, row.EventId, now, by, sequence, -counts.Sum(count => count.People), CountChange.Write(counts),
            lastChanged, former);
        return new LedgerChange.Counted(row.EventId, last, row.Rehearsal, counts)
        {
            ChangesStoredPledges = true,
            ErasesNames = kind is LedgerActKind.Withdrawn or LedgerActKind.Erased or LedgerActKind.Corrected,
        };
    }

    private void Erase(SignedRow row)
    {
        Acts.Erase(row.Sequence);
        (row.Name, row.Relation, row.RosterEntryId) = (null, null, null);
    }

    /// <summary>The children of pledges that acts of other nodes touched are known as they stand now.</summary>
    /// <param name="changedRequests">A pledge of each request that was changed, by event.</param>
    private protected void RefreshAfterRemoteActs(ILookup<int, long> changedRequests)
    {
        foreach (var ofEvent in changedRequests.Where(of => Counters.HasChildren(of.Key)))
            if (ofEvent.Count() > MaxRequestsReadAnew || !ofEvent.All(TryRefreshRequest))
                Counters.ForgetChildren(ofEvent.Key);
    }

    /// <returns>
    /// False for a request of several children: each may count with another one's request now, of which an act names only the last.
    /// </returns>
    private bool TryRefreshRequest(long sequence)
    {
        var affected = new AffectedPledges(Acts, sequence);
        if (affected[sequence] is not { } row)
            return true; // practice that has been wiped since
        if (affected.RequestOf(row).Count(signer => signer.Role == SignerRole.Student) > 1)
            return false;
        RefreshKnownChildren(affected.Rows, affected.Rows);
        return true;
    }

    /// <summary>The children of the pledges that an act touched are known as they stand now.</summary>
    private void RefreshKnownChildren(IReadOnlyCollection<SignedRow> before, IReadOnlyCollection<SignedRow> after)
    {
        foreach (var row in before.Concat(after))
            if (row is { Role: SignerRole.Student, ClassId: { } classId, Name: { } name })
                Counters.Children.Forget(row.EventId, classId, name, row.RosterEntryId);
        Counters.Children.BeginStored();
        var heads = new Dictionary<string, long>();
        foreach (var row in after)
        {
            var head = heads.TryAdd(AffectedPledges.KeyOf(row), row.Sequence) ? row.Sequence : heads[AffectedPledges.KeyOf(row)];
            if (row is { Role: SignerRole.Student or SignerRole.Guardian, Rehearsal: false, Stands: true, Name: { } name })
                Counters.Children.AddStored(head, row.Role, row.EventId, row.ClassId, name, row.Relation, row.SignatureKind,
                    row.RosterEntryId, row.CountedWith ?? row.Sequence);
        }
    }

    private long InsertAct(LedgerActKind kind, int eventId, DateTimeOffset now, int? by, int people)
    {
        var sequence = ++Counters.LastSequence;
        Acts.InsertAct(sequence, kind, eventId, now, by, null, people);
        return sequence;
    }
}
