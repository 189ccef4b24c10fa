using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Organizing.Access;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Opens the desk to whoever knows the name and the password of an account.</summary>
[AllowAnonymous]
public sealed class SignInPage(SignInManager<Organizer> signIn, IStringLocalizer<OrganizingText> words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated is true ? Onward() : Page();

    public async Task<IActionResult> OnPostAsync(string? password)
    {
        var name = AccountName.Tidy(Name);
        var outcome = await signIn.PasswordSignInAsync(name, password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (outcome.Succeeded)
            return Onward();
        ModelState.AddModelError("", outcome.IsLockedOut ? await WhenToTryAgain(name) : words["SignIn.Wrong"]);
        return Page();
    }

    private IActionResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/organize");

    private async Task<string> WhenToTryAgain(string name)
    {
        var account = await signIn.UserManager.FindByNameAsync(name);
        var wait = account?.LockoutEnd - clock.GetUtcNow();
        return words["SignIn.LockedOut", Math.Max(1, (int)Math.Ceiling(wait?.TotalMinutes ?? 1))];
    }
}
