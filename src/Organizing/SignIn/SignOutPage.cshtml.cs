using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Ends the session. A link cannot do it, only the button in the account menu.</summary>
[AllowAnonymous]
public sealed class SignOutPage(SignInManager<Organizer> signIn, CampaignDb db) : PageModel
{
    /// <summary>
    /// Tells the browser to drop pages that it keeps for the back button. Not "cookies": that empties those of all sites of the
    /// domain, and ours are removed one by one. Not "storage": the phone page keeps pledges there that wait to be sent,
    /// for the same address. Browsers obey over HTTPS only.
    /// </summary>
    private const string ClearSiteData = "\"cache\"";

    public IActionResult OnGet() => Redirect(DeskRoutes.Home);

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.Identity?.IsAuthenticated is true)
        {
            db.Audit(AuditAction.SignedOut, by: User.Actor());
            await db.SaveChangesAsync();
        }
        await signIn.SignOutAsync();
        Response.Headers["Clear-Site-Data"] = ClearSiteData;
        return Redirect(DeskRoutes.SignIn);
    }
}
