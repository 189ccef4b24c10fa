using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.Accounts;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Signs in by a passkey. The button is on the sign-in page; here is where it goes, and what is shown if that fails.</summary>
[AllowAnonymous]
public sealed class PasskeySignInPage(
    SignInByPasskey signIn, PasskeySite site, IStringLocalizer<SecondFactorText> localizer,
    IStringLocalizer<OrganizingText> organizingLocalizer, IStringLocalizer<DeskText> deskLocalizer) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>The sign-in page, which keeps where to go afterwards.</summary>
    public string WithPassword => DeskRoutes.SignIn
        + (Url.IsLocalUrl(ReturnUrl) ? QueryString.Create("returnUrl", ReturnUrl).ToUriComponent() : "");

    public IActionResult OnGet() => site.IsOpenTo(Request) ? Page() : Redirect(WithPassword);

    /// <summary>What the browser is to sign, as JSON.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => site.IsOpenTo(Request)
        ? Content(await signIn.MakeOptionsAsync(HttpContext), "application/json")
        : NotFound();

    /// <param name="credential">What the browser has signed, as JSON.</param>
    public async Task<IActionResult> OnPostAsync(string? credential)
    {
        if (!site.IsOpenTo(Request))
            return NotFound();
        var outcome = await signIn.TryAsync(HttpContext, credential ?? "");
        if (outcome.Status == SignInStatus.Succeeded)
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : DeskRoutes.Home);
        SignInRefusal.Show(this, "", outcome, localizer["Passkey.Refused"], organizingLocalizer, deskLocalizer);
        return Page();
    }
}
