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
        var account = await signIn.UserManager.FindByNameAsync(AccountName.Tidy(Name));
        if (account is null)
        {
            // As much work as for a name that is known: the time of the answer tells nothing either.
            signIn.UserManager.PasswordHasher.HashPassword(new Organizer(), Password ?? "");
            return Refuse(words["SignIn.Wrong"]);
        }
        var outcome = await signIn.PasswordSignInAsync(account, Password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (outcome.Succeeded)
            return Onward();
        return Refuse(outcome.IsLockedOut ? WhenToTryAgain(account) : words["SignIn.Wrong"]);
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/organize");

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }

    private string WhenToTryAgain(Organizer account)
    {
        var wait = account.LockoutEnd - clock.GetUtcNow();
        return words["SignIn.LockedOut", Math.Max(1, (int)Math.Ceiling(wait?.TotalMinutes ?? 1))];
    }
}
