using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The single entry of pledges, for every channel: checks the request against the event, passes it to
/// the ledger, returns the outcome.
/// </summary>
public sealed class PledgeIntake(PublishedEvents events, PledgeLedger ledger, Receipts receipts, TimeProvider time, PledgingMetrics metrics)
{
    public async Task<SignResult> SignAsync(PublishedEvent e, SignRequest request, SigningChannel channel, CancellationToken cancellationToken)
    {
        var contentHash = ContentHash.Of(e.Id, request);
        var check = new SignRequestValidator(e, request);
        var status = e.SigningAt(time.GetUtcNow());
        if (status is not (SigningStatus.Open or SigningStatus.Rehearsal))
            return metrics.Count(await StoredBeforeAsync(e, request, contentHash, cancellationToken) ?? new SignResult.NotOpen(status));
        if (check.Draft(channel, contentHash) is not { } draft)
            return metrics.Count(await StoredBeforeAsync(e, request, contentHash, cancellationToken) ?? new SignResult.Invalid(check.Errors));

        var outcome = await ledger.RecordAsync(draft);
        // Opened in between: what was checked as practice is checked again, and counts.
        if (outcome is LedgerOutcome.Outdated && await events.ReadAnewAsync(e.Id, cancellationToken) is { State: not EventState.Rehearsal } now)
            return await SignAsync(now, request, channel, cancellationToken);
        return metrics.Count(outcome switch
        {
            LedgerOutcome.Recorded recorded => new SignResult.Signed(recorded.Receipt, IsRepeat: false),
            LedgerOutcome.Repeated again => new SignResult.Signed(again.Receipt, IsRepeat: true),
            LedgerOutcome.KeyTaken => new SignResult.KeyTaken(),
            _ => new SignResult.Unavailable(),
        });
    }

    /// <summary>
    /// A phone that received no answer repeats the request, perhaps after the event has closed or the text has a
    /// newer version. What is stored is stored.
    /// </summary>
    private async Task<SignResult?> StoredBeforeAsync(PublishedEvent e, SignRequest request, byte[] contentHash, CancellationToken cancellationToken) =>
        request.Key is { } key && await receipts.FindAsync(key, e.Id, contentHash, cancellationToken) is { } receipt
            ? new SignResult.Signed(receipt, IsRepeat: true)
            : null;
}
