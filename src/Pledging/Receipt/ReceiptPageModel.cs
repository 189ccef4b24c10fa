using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// A page under a receipt's secret address. The address is the only credential, so it must not spread: no cache,
/// no search engine, and (Operations/SecurityHeaders) no referrer.
/// </summary>
/// <remarks>No antiforgery token: a forged request would need the secret address.</remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[RateLimit(RateLimitPurpose.Signing)]
public abstract class ReceiptPageModel(Receipts receipts, PublishedEvents events, IStringLocalizer<ReceiptText> localizer) : PageModel
{
    public SignedReceipt Signed { get; private set; } = null!;
    public PublishedEvent Event { get; private set; } = null!;

    protected IStringLocalizer<ReceiptText> Localizer => localizer;

    public string Address => $"/r/{Signed.Receipt.Address}";

    public string Names => List(Signed.Signers.Select(s => s.ShownName!));

    /// <summary>Whom to ask: the hosts, or else the organization that made the event.</summary>
    public string Asker => string.Join(localizer["Comma"], Event.Askers);

    /// <summary>The one class of all who signed; null where there is none, or where each child has its own.</summary>
    public string? CommonClass => Signed.Signers.Select(s => s.ClassId).OfType<int>().Distinct().ToList() is [var one]
        ? ClassName(one)
        : null;

    public string? ClassName(int? classId) => Event.ClassOf(classId)?.LocalizedFullName();

    /// <summary>
    /// So many acts of receipts are worked on at once; the others wait, so that those who sign find a processor free. One takes some
    /// 5 ms.
    /// </summary>
    private static readonly SemaphoreSlim Acting = new(Math.Max(1, Environment.ProcessorCount / 2));

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!HttpMethods.IsPost(Request.Method))
        {
            await HandleAsync(context, next);
            return;
        }
        await Acting.WaitAsync(HttpContext.RequestAborted);
        try
        {
            await HandleAsync(context, next);
        }
        finally
        {
            Acting.Release();
        }
    }

    private async Task HandleAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "private, no-store";
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (await receipts.FindAsync((string?)RouteData.Values["receipt"], HttpContext.RequestAborted) is not { } signed
            || await events.FindAsync(signed.EventId, HttpContext.RequestAborted) is not { } of)
        {
            context.Result = NotFound();
            return;
        }
        (Signed, Event) = (signed, of.Localized());
        OnPageHandlerExecuting(context);
        if (context.Result is null)
            await next();
    }

    /// <summary>A list in a sentence, as the language writes it: "1, 2 and 3".</summary>
    protected string List(IEnumerable<string> things)
    {
        var all = things.ToList();
        return all.Count < 2 ? string.Concat(all) : string.Join(localizer["Comma"], all[..^1]) + localizer["And"] + all[^1];
    }

    /// <summary>
    /// Does it and goes back to the receipt, which shows what has been done and can be loaded again. Where the ledger
    /// cannot write now, the page comes once more with what was typed.
    /// </summary>
    protected async Task<IActionResult> ActAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (LedgerUnavailableException)
        {
            ModelState.AddModelError("", localizer["Unavailable"]);
            return PageWithStatus(StatusCodes.Status503ServiceUnavailable);
        }
        Response.Headers.Location = Address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page once more with what was typed.</summary>
    protected PageResult PageWithStatus(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
