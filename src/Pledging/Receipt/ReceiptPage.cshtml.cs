using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// What the signers keep: what they signed, when, and the way to withdraw it. Who knows the address is the signer, so
/// the address goes nowhere: no cache, no search engine, and (Operations/SecurityHeaders) no referrer.
/// </summary>
/// <remarks>No antiforgery token: the secret address itself is what a forger lacks.</remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ReceiptPage(Receipts receipts, PledgeLedger ledger, PublishedEvents events, IStringLocalizer<PledgingText> words) : PageModel
{
    public SignedReceipt Signed { get; private set; } = null!;
    public PublishedEvent Event { get; private set; } = null!;

    public string Numbers => string.Join(words["Comma"], Enumerable.Range(Signed.Receipt.Number, Signed.Receipt.People));

    public string Names => string.Join(words["Comma"], Signed.Signers.Select(s => s.Name));

    public string? ClassName => Event.ClassOf(Signed.ClassId) is { } of
        ? $"{of.School} {ClassGroup.NameOf(of.Grade, of.Number, CultureInfo.CurrentUICulture)}"
        : null;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.Headers.CacheControl = "private, no-store";
        Response.Headers["X-Robots-Tag"] = "noindex";
    }

    public async Task<IActionResult> OnGetAsync(string receipt, CancellationToken cancellation) =>
        await FindAsync(receipt, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(string receipt, CancellationToken cancellation)
    {
        if (!await FindAsync(receipt, cancellation))
            return NotFound();
        try
        {
            await ledger.WithdrawAsync(Signed.Receipt.Sequence);
        }
        catch (LedgerUnavailableException)
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        Response.Headers.Location = $"/r/{Signed.Receipt.Address}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<bool> FindAsync(string address, CancellationToken cancellation)
    {
        if (await receipts.FindAsync(address, cancellation) is not { } signed || await events.FindAsync(signed.EventId, cancellation) is not { } of)
            return false;
        (Signed, Event) = (signed, of);
        return true;
    }
}
