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
    public IActionResult OnGet() => Redirect(DeskRoutes.Home);

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.Identity?.IsAuthenticated is true)
        {
            db.Audit(AuditAction.SignedOut);
            await db.SaveChangesAsync();
        }
        await signIn.SignOutAsync();
        return Redirect(DeskRoutes.SignIn);
    }
}
