using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SignIn;

/// <summary>Signs in by account name and password.</summary>
[AllowAnonymous]
[RateLimit(RateLimitPurpose.SignIn)]
public sealed class SignInPage(
    SignInManager<Organizer> signIn, SetUpInvitation invitation, SignInAudit audit, IStringLocalizer<OrganizingText> localizer) : PageModel
{
    private readonly LockoutOptions lockout = signIn.Options.Lockout;

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
        if (account is null || await signIn.UserManager.IsLockedOutAsync(account))
        {
            // As much work as for a wrong password: the time of the answer does not tell which names are known either.
            signIn.UserManager.PasswordHasher.HashPassword(new Organizer(), Password ?? "");
            audit.Failed(account, account is null ? AuditReason.UnknownAccount : AuditReason.LockedOut);
            return Refuse();
        }
        var outcome = await signIn.PasswordSignInAsync(account, Password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (!outcome.Succeeded)
        {
            audit.Failed(account, AuditReason.WrongPassword);
            return Refuse();
        }
        await audit.SucceededAsync(account);
        return Onward();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : DeskRoutes.Home);

    /// <summary>One answer for an unknown name, a wrong password and a lock-out, or it would tell which names are known.</summary>
    private PageResult Refuse()
    {
        ModelState.AddModelError("",
            localizer["SignIn.Wrong", lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan.TotalMinutes]);
        return Page();
    }
}
