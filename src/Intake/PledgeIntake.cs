using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// The one way by which pledges come in, whatever the channel: checks the request against the event and the
/// channel's rules, hands it to the ledger, says what became of it.
/// </summary>
/// <param name="events">The events as they stand.</param>
/// <param name="ledger">Where pledges are written.</param>
/// <param name="receipts">What is stored already.</param>
/// <param name="rosters">The pupils of the classes.</param>
/// <param name="clock">By which signing is open or not.</param>
/// <param name="metrics">Counts what becomes of requests.</param>
public sealed class PledgeIntake(PublishedEvents events, PledgeLedger ledger, Receipts receipts, RosterLookup rosters,
    ClockCheck clock, IntakeMetrics metrics)
{
    /// <summary>Signs. The same request again, through whichever channel, is answered with the receipt that it got first.</summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="request">As it was sent; anything in it may be missing or wrong.</param>
    /// <param name="channel">How it came; decides which rules hold (<see cref="SigningChannelRules"/>).</param>
    /// <param name="voucher">Who vouches for it, established by the caller; null for a phone, for which nobody does.</param>
    /// <param name="cancellationToken">Ends the reading of the store; what has been handed to the ledger is written all the same.</param>
    /// <param name="audit">The line of the audit log that is written with the pledge, in its transaction; null for none.</param>
    /// <param name="contentHash">The <see cref="ContentHash"/> of the request as it was sent, where the caller has set anything in it; null
    /// where it stands as it was sent.</param>
    /// <returns>What became of it. A <see cref="SignResult.Signed"/> comes after the commit to disk.</returns>
    public async Task<SignResult> SignAsync(
        PublishedEvent e, SignRequest request, SigningChannel channel, Voucher? voucher, CancellationToken cancellationToken,
        AuditEntry? audit = null, byte[]? contentHash = null)
    {
        contentHash ??= ContentHash.Of(e.Id, request);
        var now = clock.Now;
        var status = e.SigningAt(now);
        // The page said that nothing counts: a made-up name may stand on it.
        if (request.IsOfRehearsal && status != SigningStatus.Rehearsal)
            return await RefuseOfRehearsalAsync();
        if (status is not (SigningStatus.Open or SigningStatus.Rehearsal))
        {
            if (!TakesLate(e, request, channel, voucher, now))
                return metrics.Count(await StoredBeforeAsync(e, request, contentHash, cancellationToken) ?? new SignResult.NotOpen(status));
            request.Flags |= SigningFlags.AfterClosing;
        }
        if (request.Key is { } issued && e.IsOfRehearsal(issued))
            return await RefuseOfRehearsalAsync();
        var validator = new SignRequestValidator(e, request, channel, voucher);
        if (validator.Draft(contentHash) is not { } draft)
            return metrics.Count(await StoredBeforeAsync(e, request, contentHash, cancellationToken)
                ?? new SignResult.Invalid(validator.Errors));

        draft = channel is SigningChannel.Slip or SigningChannel.Assisted && draft.Signers is [{ Role: SignerRole.Guardian }]
            ? draft with { Signers = [draft.Signers[0] with { RosterEntryId = request.Seat }] }
            : await rosters.ResolveAsync(e, draft, request.Seat, cancellationToken);
        if (SignedAt(e, request, now) is { } signedAt)
            draft = draft with { SignedAt = signedAt };
        if (audit is not null)
            draft = draft with { Audit = audit };
        var outcome = await ledger.RecordAsync(draft);
        // Opened in between: what was checked as practice is checked again, and counts where its page did not say that it was practice.
        if (outcome is LedgerOutcome.Outdated
            && await events.ReadAnewAsync(e.Id, cancellationToken) is { State: not EventState.Rehearsal } anew)
            return await SignAsync(anew, request, channel, voucher, cancellationToken, audit, contentHash);
        return metrics.Count(outcome switch
        {
            LedgerOutcome.Recorded recorded => new SignResult.Signed(recorded.Receipt, IsRepeat: false, draft.Rehearsal),
            LedgerOutcome.Repeated again => new SignResult.Signed(again.Receipt, IsRepeat: true, draft.Rehearsal),
            LedgerOutcome.KeyTaken => new SignResult.KeyTaken(),
            _ => new SignResult.Unavailable(),
        });

        async Task<SignResult> RefuseOfRehearsalAsync() => metrics.Count(
            await StoredBeforeAsync(e, request, contentHash, cancellationToken) ?? new SignResult.RehearsalPage(e.IssueKey(now)));
    }

    /// <summary>What the same request was answered with before; null where it is not stored.</summary>
    /// <param name="e">The event that was signed at.</param>
    /// <param name="request">As it was sent.</param>
    /// <param name="cancellationToken">Ends the reading of the store.</param>
    /// <param name="contentHash">See <see cref="SignAsync"/>.</param>
    internal Task<SignResult?> FindStoredAsync(
        PublishedEvent e, SignRequest request, byte[]? contentHash, CancellationToken cancellationToken) =>
        StoredBeforeAsync(e, request, contentHash ?? ContentHash.Of(e.Id, request), cancellationToken);

    /// <summary>
    /// A key that we issued before the end; or signed before it on a device of a class, which may have had no network, or on paper.
    /// </summary>
    private static bool TakesLate(PublishedEvent e, SignRequest request, SigningChannel channel, Voucher? voucher, DateTimeOffset now) =>
        (channel == SigningChannel.Paper && voucher is not null && e.TakesPaperLate(now))
        || (request.Key is { } key && e.TakesLate(key, now))
        || (voucher is { Kind: VoucherKind.ClassLink } && request.SignedAt is { } signedAt && e.TakesLate(signedAt, now));

    /// <summary>What the device says, where that can be: not in the future, and not before signing was opened. Else the server's.</summary>
    private static DateTimeOffset? SignedAt(PublishedEvent e, SignRequest request, DateTimeOffset now) =>
        request.SignedAt is { } signedAt && signedAt <= now && e.OpenedAt <= signedAt ? signedAt.ToUniversalTime() : null;

    /// <summary>
    /// A phone that received no answer repeats the request, perhaps after the event has closed or the text has a
    /// newer version. What is stored is stored; where that cannot be read now, nobody knows.
    /// </summary>
    private async Task<SignResult?> StoredBeforeAsync(
        PublishedEvent e, SignRequest request, byte[] contentHash, CancellationToken cancellationToken)
    {
        try
        {
            return request.Key is { } key && await receipts.FindAsync(key, e.Id, contentHash, cancellationToken) is { } receipt
                ? new SignResult.Signed(receipt, IsRepeat: true, e.State == EventState.Rehearsal)
                : null;
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            return new SignResult.Unavailable();
        }
    }
}
