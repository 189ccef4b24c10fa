using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>What changes pledges that are stored already: each an act with a place and a time of its own in the ledger.</summary>
public sealed partial class PledgeLedger
{
    /// <summary>Requests that one entry acts on: phones that sign meanwhile wait for it.</summary>
    private const int ActedOnTogether = 10;

    /// <summary>Deletes every practice signature of an event, in one act.</summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="by">The organizer's account; null where the program did it.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where there was none.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> WipeRehearsalAsync(int eventId, int? by, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.WipeRehearsal(eventId, by, now), audit);

    /// <summary>Takes a request's pledges out of the count and erases the names and signatures.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="by">The organizer's account that does it for a family; null where the signers do it themselves.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where it has been withdrawn already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> WithdrawAsync(long sequence, int? by = null, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Withdraw(sequence, by, now), audit);

    /// <summary>
    /// Withdraws a request's consent to show masked names on the stage, and nothing else. They leave the stage and the host's
    /// list as a withdrawn pledge's do.
    /// </summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <returns>False where there is no such consent.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> WithdrawMaskedNameAsync(long sequence) =>
        ActAsync((store, now) => store.WithdrawMaskedName(sequence, now));

    /// <summary>Erases the names and signatures of a request; its people count as before, without a name.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="by">The organizer's account that does it for a family; null where the signers do it themselves.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where they are gone already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> EraseAsync(long sequence, int? by = null, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Erase(sequence, by, now), audit);

    /// <summary>
    /// Writes names, classes and relations otherwise. What was sent stays proven by the digest; the act says that it was
    /// corrected.
    /// </summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="signers">One for each signer of the request, in their order.</param>
    /// <param name="by">The organizer's account that does it for a family; null where the signers do it themselves.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where it says so already, or where nothing is left to correct.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> CorrectAsync(
        long sequence, IReadOnlyList<SignerCorrection> signers, int? by = null, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Correct(sequence, signers, by, now), audit);

    /// <summary>
    /// Pledges go into another class of the school, as their pupils have: the counts of both classes follow. Nothing that was signed
    /// changes, and what is done already is passed over.
    /// </summary>
    /// <param name="pledges">
    /// Their sequence numbers in the ledger, the class in which each counts, and the one in which it is to count.
    /// </param>
    /// <param name="by">The organizer's account.</param>
    /// <returns>How many have moved.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public async Task<int> ChangeClassAsync(IReadOnlyCollection<(long Sequence, int From, int To)> pledges, int? by)
    {
        var of = pledges.DistinctBy(p => p.Sequence).ToDictionary(p => p.Sequence, p => (p.From, p.To));
        return await ActOnAllAsync(of.Keys, (store, sequence, now) =>
            store.ChangeClass(sequence, of[sequence].From, of[sequence].To, by, now), null);
    }

    /// <summary>Two pledges are one person's: the first counts with the second from now on. Nothing else changes.</summary>
    /// <param name="sequence">Of the pledge that no longer counts for itself.</param>
    /// <param name="with">Of the pledge that goes on counting.</param>
    /// <param name="by">The organizer's account.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where they do already, or are of two events or roles.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> MergeAsync(long sequence, long with, int by, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Merge(sequence, with, by, now), audit);

    /// <summary>A pledge that counts with another is another person's, and counts for itself. Undoes a merging.</summary>
    /// <param name="sequence">Of the pledge, any of a request.</param>
    /// <param name="by">The organizer's account.</param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where it counts for itself already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> SeparateAsync(long sequence, int by, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Separate(sequence, by, now), audit);

    /// <summary>Takes requests out of the count; nothing is deleted. Doing it again after a failure does the rest.</summary>
    /// <param name="requests">The place of each request's first pledge; all of one event.</param>
    /// <param name="by">The organizer's account.</param>
    /// <param name="audit">
    /// The line of the audit log that is written in the same transaction; of many requests one for each portion, with its number.
    /// </param>
    /// <returns>How many requests it took out: those that were withdrawn or out already are not among them.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<int> InvalidateAsync(IReadOnlyCollection<long> requests, int by, AuditEntry? audit = null) =>
        ActOnAllAsync(requests, (store, sequence, now) => store.Invalidate(sequence, by, now), audit);

    /// <summary>Undoes <see cref="InvalidateAsync"/>.</summary>
    /// <inheritdoc cref="InvalidateAsync"/>
    public Task<int> ReinstateAsync(IReadOnlyCollection<long> requests, int by, AuditEntry? audit = null) =>
        ActOnAllAsync(requests, (store, sequence, now) => store.Reinstate(sequence, by, now), audit);

    /// <summary>
    /// Erases the names and signatures of an event's pledges, since the promised day has come; the people count as before.
    /// </summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="pledges">
    /// Their sequence numbers in the ledger. All go in one transaction, which signatures wait for: hand over some hundreds at a time.
    /// </param>
    /// <param name="audit">The line of the audit log that is written in the same transaction; null for none.</param>
    /// <returns>False where they are gone already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> ExpireAsync(int eventId, IReadOnlyCollection<long> pledges, AuditEntry? audit = null) =>
        ActAsync((store, now) => store.Expire(eventId, pledges, now), audit);

    /// <summary>
    /// Gives an event's counts that were set right a sequence number in the ledger, so that their version grows and screens
    /// take them.
    /// </summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="people">How many people too many had been counted; negative for too few.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task NoteRecountAsync(int eventId, int people) =>
        ActAsync((store, now) => store.NoteRecount(eventId, people, now));

    /// <summary>
    /// Goes through the queue and the writer without writing anything: completes while both live. By then the subscribers
    /// have been told what other nodes had written.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached now.</exception>
    public Task ProbeAsync() => ActAsync((_, _) => null);

    /// <summary>
    /// Writes the heartbeat through the queue and the writer: completes once it is on disk. Costs a sync; so asked now and
    /// then, not for each request.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task WriteHeartbeatAsync() => ActAsync((store, now) =>
    {
        store.WriteHeartbeat(now);
        return null;
    });

    private async Task<bool> ActAsync(Func<LedgerStore, DateTimeOffset, LedgerChange?> act, AuditEntry? audit = null)
    {
        var entry = new ActEntry(act, audit);
        Queue(entry);
        if (!await entry.Done)
            return false;
        foreach (var subscriber in subscribers)
            await subscriber.BeforeActIsAnsweredAsync();
        return true;
    }

    private void Queue(LedgerEntry act)
    {
        if (!acts.Writer.TryWrite(act))
            act.Fail();
        // Wakes the writer, which waits for signatures. Where that queue is full it is awake, and takes acts with every group.
        signatures.Writer.TryWrite(LedgerEntry.Wake);
    }

    private async Task<int> ActOnAllAsync(IReadOnlyCollection<long> requests,
        Func<LedgerStore, long, DateTimeOffset, LedgerChange.Counted?> act, AuditEntry? audit)
    {
        var done = 0;
        DateTimeOffset? at = null; // one decision, so one time on all of it
        foreach (var some in requests.Chunk(ActedOnTogether))
        {
            var line = audit?.WithCount(0);
            await ActAsync((store, now) =>
            {
                at ??= now;
                var changes = some.Select(sequence => act(store, sequence, at.Value)).OfType<LedgerChange.Counted>().ToList();
                done += changes.Count;
                line?.Count = changes.Count;
                return changes.Count == 0 ? null : changes[^1] with { Counts = [.. changes.SelectMany(change => change.Counts)] };
            }, line);
        }
        return done;
    }
}
