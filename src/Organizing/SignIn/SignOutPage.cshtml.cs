using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>
/// Ends the session. A link cannot do it, only the button in the account menu. Of somebody who came by the identity provider the
/// sign-in page, which is next, ends the session there too: the content security policy lets no form lead to another site.
/// </summary>
[AllowAnonymous]
public sealed class SignOutPage(
    SignInManager<Organizer> signIn, OrganizerSessions sessions, IdentityProvider provider, CampaignDb db) : PageModel
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
            if (await sessions.IsThroughProviderAsync(User.SessionId(), HttpContext.RequestAborted)
                && await provider.FindEndSessionAddressAsync(HttpContext.RequestAborted) is { } there)
                TempData[IdentityProvider.EndSessionKey] = there;
            db.Audit(AuditAction.SignedOut, by: User.Actor());
            await db.SaveChangesAsync();
        }
        await signIn.SignOutAsync();
        Response.Headers["Clear-Site-Data"] = ClearSiteData;
        return Redirect(DeskRoutes.SignIn);
    }
}
