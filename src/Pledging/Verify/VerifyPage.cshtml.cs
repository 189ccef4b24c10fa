using System.Text;
using System.Text.RegularExpressions;
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
public sealed partial class VerifyPage(Verification verification, PublishedEvents events, IStringLocalizer<VerifyText> localizer)
    : PageModel
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

    /// <summary>
    /// Who has scanned a certificate pastes the whole address, perhaps with words around it; who copies the code from a chat brings its
    /// name along, punctuation, characters that nobody sees, and dashes and spaces of other kinds.
    /// </summary>
    private static string CodeIn(string typed)
    {
        const string page = "/verify/";
        var plain = Unseen().Replace(typed, "").Normalize(NormalizationForm.FormKC).Trim();
        var at = plain.LastIndexOf(page, StringComparison.OrdinalIgnoreCase);
        plain = at < 0 ? plain : plain[(at + page.Length)..].Split('?', '#', ' ')[0];
        return Code().Matches(plain).LastOrDefault(code => code.Value.Any(char.IsAsciiDigit)) is { } found
            ? Dash().Replace(found.Value, "-")
            : plain;
    }

    /// <summary>As it is printed: groups of four, the last one perhaps shorter.</summary>
    [GeneratedRegex(
        @"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:[\p{Pd}\u2212][0-9A-Za-z]{4}){2,3}(?:[\p{Pd}\u2212][0-9A-Za-z]{1,3})?(?![0-9A-Za-z])")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\p{Pd}\u2212]")]
    private static partial Regex Dash();

    [GeneratedRegex(@"\p{Cf}")]
    private static partial Regex Unseen();

    private IActionResult Ask(string? typed)
    {
        if (CodeIn(typed ?? "") is { Length: > 0 } code)
            return Redirect("/verify/" + Uri.EscapeDataString(code));
        Problem = Request.Query.ContainsKey("typed") ? localizer["Missing"].Value : null;
        return Page();
    }
}
