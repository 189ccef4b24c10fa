using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Access;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Opens the desk to whoever knows the name and the password of an account.</summary>
[AllowAnonymous]
[Limited(Limited.SignIn)]
public sealed class SignInPage(
    SignInManager<Organizer> signIn, SetUpInvitation invitation, IStringLocalizer<OrganizingText> words, TimeProvider clock) : PageModel
{
    /// <summary>There is no account yet.</summary>
    public bool NotSetUp { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.Identity?.IsAuthenticated is true)
            return Onward();
        NotSetUp = await invitation.IsOpenAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var name = AccountName.Tidy(Name);
        var outcome = await signIn.PasswordSignInAsync(name, Password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (outcome.Succeeded)
            return Onward();
        ModelState.AddModelError("", outcome.IsLockedOut ? await WhenToTryAgainAsync(name) : words["SignIn.Wrong"]);
        return Page();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/organize");

    private async Task<string> WhenToTryAgainAsync(string name)
    {
        var account = await signIn.UserManager.FindByNameAsync(name);
        var wait = account?.LockoutEnd - clock.GetUtcNow();
        return words["SignIn.LockedOut", Math.Max(1, (int)Math.Ceiling(wait?.TotalMinutes ?? 1))];
    }
}
