using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Organizing.SetUp;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Signs in by account name and password.</summary>
[AllowAnonymous]
public sealed class SignInPage(
    AccountSignIn signIn, SetUpInvitation invitation, IStringLocalizer<OrganizingText> localizer,
    IStringLocalizer<DeskText> deskLocalizer) : PageModel
{
    /// <summary>There is no account yet.</summary>
    public bool NotSetUp { get; private set; }

    /// <summary>Where the session at the identity provider ends, for whoever has just signed out here; else null.</summary>
    public string? EndSession { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What led here was a form, which was not saved.</summary>
    [BindProperty(SupportsGet = true, Name = AccessControl.NotSaved)]
    public bool NotSaved { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.Identity?.IsAuthenticated is true)
            return Onward();
        EndSession = TempData[IdentityProvider.EndSessionKey] as string;
        if (EndSession is not null)
            Response.Headers["Refresh"] = $"0; url={EndSession}"; // without a script, and without a form
        NotSetUp = await invitation.IsOpenAsync(HttpContext.RequestAborted);
        return Page();
    }

    /// <remarks>One answer for an unknown name, a wrong password and a locked account, or it would tell which names are known.</remarks>
    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await signIn.TryAsync(HttpContext, AccountName.Tidy(Name), Password ?? "", ReturnUrl);
        if (outcome.Status == SignInStatus.SecondStep)
            return Redirect(DeskRoutes.SecondStep);
        if (outcome.Status == SignInStatus.Succeeded)
            return Onward();
        SignInRefusal.Show(this, "", outcome, localizer["SignIn.Wrong"], localizer, deskLocalizer);
        return Page();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : DeskRoutes.Home);
}
