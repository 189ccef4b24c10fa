using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Where anybody checks the code of a certificate. It shows that the record exists and whether it counts, with masked
/// names; a wrong code gets one answer, whatever is wrong with it.
/// </summary>
[AllowAnonymous]
[RateLimit(RateLimitPurpose.Verifying)]
public sealed class VerifyPage(Verification verification, PublishedEvents events, IStringLocalizer<VerifyText> localizer) : PageModel
{
    public string Typed { get; private set; } = "";

    /// <summary>What is wrong with the typed code; null where nothing is.</summary>
    public string? Problem { get; private set; }

    public VerifiedRecord? Record { get; private set; }
    public PublishedEvent Event { get; private set; } = null!;

    /// <summary>Ends the key of the words: the first that applies.</summary>
    public string State => Record switch
    {
        { Withdrawn: true } => "Withdrawn",
        { Invalidated: true } => "Invalidated",
        { Rehearsal: true } => "Rehearsal",
        _ => "Valid",
    };

    public string Numbers => string.Join(localizer["Comma"], Enumerable.Range(Record!.Number, Record.Signers.Count));

    /// <param name="code">In the address.</param>
    /// <param name="typed">As the form sends it.</param>
    public async Task<IActionResult> OnGetAsync(string? code, string? typed, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "private, no-store";
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (code is null)
            return Ask(typed);
        Typed = code;
        if (await verification.FindAsync(code, cancellationToken) is { } record
            && await events.FindAsync(record.EventId, cancellationToken) is { } of)
        {
            (Record, Event) = (record, of.Localized());
            return Page();
        }
        Problem = localizer["NotFound"];
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    /// <summary>Who has scanned a certificate pastes the whole address, perhaps with words before it.</summary>
    private static string CodeIn(string typed)
    {
        const string page = "/verify/";
        var at = typed.LastIndexOf(page, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? typed : typed[(at + page.Length)..].Split('?', '#', ' ')[0];
    }

    private IActionResult Ask(string? typed)
    {
        if (!string.IsNullOrWhiteSpace(typed))
            return Redirect("/verify/" + Uri.EscapeDataString(CodeIn(typed).Trim()));
        Problem = Request.Query.ContainsKey("typed") ? localizer["Missing"].Value : null;
        return Page();
    }
}
