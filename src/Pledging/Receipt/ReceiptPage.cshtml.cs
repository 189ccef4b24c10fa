using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>What the signers keep: what they signed, when, and every way to change their minds.</summary>
public sealed class ReceiptPage(
    Receipts receipts, PledgeLedger ledger, PublishedEvents events, ClockCheck clock, IStringLocalizer<ReceiptText> localizer)
    : ReceiptPageModel(receipts, events, localizer)
{
    public string Numbers => Localizer[Signed.Receipt.People == 1 ? "Number" : "Numbers",
        List(Enumerable.Range(Signed.Receipt.Number, Signed.Receipt.People).Select(n => $"{n}"))];

    /// <summary>The rules on children's data that held when they signed.</summary>
    public PublishedRules RulesThen => Event.Rules.FirstOrDefault(
        r => Signed.RulesVersion is { } version ? r.Version == version : r.Since <= Signed.Receipt.SignedAt) ?? Event.Rules[^1];

    public bool SigningIsOver => Event.SigningAt(clock.Now) == SigningStatus.Ended;

    public Task<IActionResult> OnPostWithdrawAsync() => ActAsync(() => ledger.WithdrawAsync(Signed.Receipt.Sequence));

    public Task<IActionResult> OnPostHideNameAsync() => ActAsync(() => ledger.WithdrawMaskedNameAsync(Signed.Receipt.Sequence));

    public Task<IActionResult> OnPostEraseAsync() => ActAsync(() => ledger.EraseAsync(Signed.Receipt.Sequence));
}
