using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Ends the session. A link cannot do it, only the button in the account menu.</summary>
[AllowAnonymous]
public sealed class SignOutPage(SignInManager<Organizer> signIn) : PageModel
{
    public IActionResult OnGet() => Redirect(DeskRoutes.Home);

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return Redirect(DeskRoutes.SignIn);
    }
}
