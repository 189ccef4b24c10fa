using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>What this is, and the way to an event by its code.</summary>
[AllowAnonymous]
public sealed class HomePage(VisibleEvents events, IOptions<DeskAddressOptions> desk) : PageModel
{
    /// <summary>Where organizers sign in and work.</summary>
    public string DeskAddress => desk.Value.Home;

    public CodeEntry Entry { get; private set; } = CodeEntry.Empty;

    /// <summary>
    /// The form sends the code here, so that a mistyped one is answered where it was typed. A take-home slip's code is taken too, and of a
    /// pasted address what stands at its end.
    /// </summary>
    public async Task<IActionResult> OnGetAsync(string? code, CancellationToken cancellationToken)
    {
        if (code is null)
            return Page();
        var typed = LastPartOf(code);
        if (await events.FindAsync(typed, cancellationToken) is { } found)
            return Redirect($"/e/{found.Code}");
        if (SlipCode.TryParse(typed, out var slip))
            return Redirect($"/s/{slip}");
        Entry = new CodeEntry(code, NotFound: true);
        return Page();
    }

    private static string LastPartOf(string typed)
    {
        var address = typed.Trim().Split('?', '#')[0].TrimEnd('/');
        return address[(address.LastIndexOf('/') + 1)..];
    }
}
