using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>What the signers keep: what they signed, when, and every way to change their minds.</summary>
public sealed class ReceiptPage(
    Receipts receipts, PledgeLedger ledger, PublishedEvents events, ClockCheck clock, PublicAddress address,
    IStringLocalizer<ReceiptText> localizer)
    : ReceiptPageModel(receipts, events, localizer)
{
    public string Numbers => Localizer[Signed.Receipt.People == 1 ? "Number" : "Numbers",
        Signed.Receipt is { People: > 2, Number: var first, People: var people }
            ? $"{first}–{first + people - 1}"
            : List(Enumerable.Range(Signed.Receipt.Number, Signed.Receipt.People).Select(n => $"{n}"))];

    /// <summary>With scheme and host, to be kept and to be printed.</summary>
    public string FullAddress => address.ReceiptPage(Signed.Receipt.Address);

    /// <summary>The addresses of the certificates: each of several children has one.</summary>
    public IReadOnlyList<string> Certificates => CertificateWriter.ChildrenOf(Signed) is > 1 and var children
        ? [.. Enumerable.Range(1, children).Select(child => $"{Address}/certificate.png?child={child}")]
        : [$"{Address}/certificate.png"];

    /// <summary>Who stands on one of the <see cref="Certificates"/>.</summary>
    public string NamesOn(int certificate)
    {
        var children = Signed.Signers.Where(s => s.Role == SignerRole.Student).ToList();
        return children.Count > 1
            ? List(Signed.Signers.Where(s => s.Role != SignerRole.Student || s == children[certificate]).Select(s => s.ShownName!))
            : Names;
    }

    /// <summary>The rules on children's data that held when they signed.</summary>
    public PublishedRules RulesThen => Event.Rules.FirstOrDefault(
        r => Signed.RulesVersion is { } version ? r.Version == version : r.Since <= Signed.Receipt.SignedAt) ?? Event.Rules[^1];

    public bool SigningIsOver => Event.SigningAt(clock.Now) == SigningStatus.Ended;

    public Task<IActionResult> OnPostWithdrawAsync() => ActAsync(() => ledger.WithdrawAsync(Signed.Receipt.Sequence));

    public Task<IActionResult> OnPostHideNameAsync() => ActAsync(() => ledger.WithdrawMaskedNameAsync(Signed.Receipt.Sequence));

    public Task<IActionResult> OnPostEraseAsync() => ActAsync(() => ledger.EraseAsync(Signed.Receipt.Sequence));
}
