using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// One account: what it may do, a new password, where it is signed in, its suspension and its removal. Nobody changes or removes the
/// own account here, so there is always an administrator left.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed partial class AccountPage(
    UserManager<Organizer> accounts, OrganizerSessions sessions, SecondFactors secondFactors, IdentityProvider provider, CampaignDb db,
    GeneratedPasswords passwords, TimeProvider clock, IStringLocalizer<OrganizingText> localizer,
    IStringLocalizer<SessionsText> sessionsLocalizer, IStringLocalizer<SecondFactorText> secondFactorLocalizer,
    ILogger<AccountPage> log) : PageModel
{
    public Organizer Account { get; private set; } = null!;

    public bool IsOwn => Account.Id == User.AccountId();

    /// <summary>Where it is signed in.</summary>
    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    /// <summary>An administrator has suspended it; wrong passwords never do.</summary>
    public bool Locked => Account.LockoutEnd > clock.GetUtcNow();

    [TempData]
    public string? Done { get; set; }

    /// <summary>
    /// The password that was just made, or asked for again. It comes with the redirect after the press, in the encrypted temp-data
    /// cookie, and is gone once shown: reloading the page makes no second one.
    /// </summary>
    public string? ShownOnce { get; private set; }

    /// <summary>Names the account: another account's page must not show it.</summary>
    private string NewPasswordKey => $"NewPassword.{Account.Id}";

    [BindProperty]
    public AccountRole RoleForm { get; set; } = new();

    [BindProperty]
    public string? Confirmation { get; set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        var found = await db.OrganizersInScope.Include(o => o.Organization)
            .SingleOrDefaultAsync(o => o.Id == id, HttpContext.RequestAborted);
        if (found is null || (found.Id == User.AccountId() && !HttpMethods.IsGet(Request.Method)))
        {
            context.Result = NotFound();
            return;
        }
        Account = found;
        await next();
    }

    public Task OnGetAsync()
    {
        ShownOnce = TempData[NewPasswordKey] as string;
        return ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            await ShowAsync();
            return Page();
        }
        if ((Account.Role, Account.OrganizationId) == (RoleForm.Role, RoleForm.OrganizationId))
            return Say(localizer["Account.Saved"]);
        (Account.Role, Account.OrganizationId) = (RoleForm.Role, RoleForm.OrganizationId);
        db.Audit(AuditAction.AccountChanged, Account).Detail = Account.Role.WireName();
        return await SaveAsync("changed the role or organization of") ? Say(localizer["Account.Saved"]) : Page();
    }

    public async Task<IActionResult> OnPostLockAsync()
    {
        Account.LockoutEnd = DateTimeOffset.MaxValue;
        db.Audit(AuditAction.AccountLocked, Account);
        return await SaveAsync("suspended") ? Say(localizer["Account.LockDone"]) : Page();
    }

    public async Task<IActionResult> OnPostUnlockAsync()
    {
        Account.LockoutEnd = null;
        db.Audit(AuditAction.AccountUnlocked, Account);
        return await SaveAsync("lifted the suspension of") ? Say(localizer["Account.Unlocked"]) : Page();
    }

    /// <summary>The new password is known to whoever reads it out, so its owner must change it. A suspended account stays so.</summary>
    public async Task<IActionResult> OnPostResetPasswordAsync()
    {
        var password = InitialPassword.New();
        Account.PasswordHash = accounts.PasswordHasher.HashPassword(Account, password);
        Account.MustChangePassword = true;
        Account.GeneratedPassword = passwords.Protect(password);
        db.Audit(AuditAction.PasswordReset, Account);
        if (!await SaveAsync("reset the password of"))
            return Page();
        TempData[NewPasswordKey] = password;
        return RedirectToPage();
    }

    /// <summary>Shows the generated password again, while nobody has used it.</summary>
    public async Task<IActionResult> OnPostShowPasswordAsync()
    {
        if (passwords.Reveal(Account) is not { } password)
        {
            ModelState.AddModelError("", localizer["Account.CannotShow"]);
            await ShowAsync();
            return Page();
        }
        db.Audit(AuditAction.GeneratedPasswordShown, Account);
        await db.SaveChangesAsync(HttpContext.RequestAborted);
        Record("was shown the generated password of");
        TempData[NewPasswordKey] = password;
        return RedirectToPage();
    }

    /// <summary>For an account whose phone and recovery codes are lost: it signs in with the password alone.</summary>
    public async Task<IActionResult> OnPostResetSecondFactorAsync()
    {
        await secondFactors.ResetAsync(Account.Id, User.Actor(), HttpContext.RequestAborted);
        await sessions.EndAllAsync(Account.Id, HttpContext.RequestAborted);
        Record("reset the second factor of");
        return Say(secondFactorLocalizer["Account.ResetDone"]);
    }

    public async Task<IActionResult> OnPostEndAsync(int session)
    {
        await sessions.EndAsync(Account.Id, session, HttpContext.RequestAborted, by: User.Actor());
        Record("ended a session of");
        return Say(sessionsLocalizer["Ended"]);
    }

    public async Task<IActionResult> OnPostEndAllAsync()
    {
        await sessions.EndAllAsync(Account.Id, HttpContext.RequestAborted, by: User.Actor());
        Record("ended all sessions of");
        return Say(sessionsLocalizer["Account.EndedAll"]);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (accounts.NormalizeName(AccountName.Tidy(Confirmation)) != Account.NormalizedUserName)
        {
            ModelState.AddModelError(nameof(Confirmation), localizer["Account.NotConfirmed", Account.UserName!]);
            await ShowAsync();
            return Page();
        }
        db.Audit(AuditAction.AccountRemoved, Account);
        var outcome = await accounts.DeleteAsync(Account); // its sessions go with it
        if (!outcome.Succeeded)
        {
            AccountErrors.Show(outcome, ModelState, "", "");
            await ShowAsync();
            return Page();
        }
        Record("removed");
        Done = localizer["Account.Removed", Account.UserName!];
        return Redirect(DeskRoutes.Accounts);
    }

    /// <summary>Saves the account with a new stamp, which ends its sessions at their next request on every node.</summary>
    private async Task<bool> SaveAsync(string act)
    {
        var outcome = await accounts.UpdateSecurityStampAsync(Account);
        if (!outcome.Succeeded)
        {
            AccountErrors.Show(outcome, ModelState, "", "");
            await ShowAsync();
            return false;
        }
        await sessions.EndAllAsync(Account.Id, HttpContext.RequestAborted);
        Record(act);
        return true;
    }

    private RedirectToPageResult Say(string done)
    {
        Done = done;
        return RedirectToPage();
    }

    private void Record(string act) => LogAccountChanged(User.AccountId(), act, Account.Id);

    private async Task ShowAsync()
    {
        (RoleForm.Role, RoleForm.OrganizationId) = (Account.Role, Account.OrganizationId);
        RoleForm.Choices = await db.ReadTreeAsync(HttpContext.RequestAborted);
        Sessions = await sessions.ListAsync(Account.Id, HttpContext.RequestAborted);
        Subject ??= await StoredSubjectAsync();
    }

    [LoggerMessage(1901, LogLevel.Information, "Account {By} {Act} account {AccountId}")]
    private partial void LogAccountChanged(int by, string act, int accountId);
}
