using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Password;

/// <summary>
/// Changes the own password; every session of the account ends with the old one, and this browser gets a new one. One that somebody
/// else made must be changed before anything else opens.
/// </summary>
[Authorize(Policy = Policies.Read)]
[AllowBeforePasswordChange]
public sealed partial class PasswordPage(
    UserManager<Organizer> accounts, AccountSignIn signIn, OrganizerSessions sessions, CampaignDb db,
    IStringLocalizer<OrganizingText> localizer, IStringLocalizer<DeskText> deskLocalizer, ILogger<PasswordPage> log) : PageModel
{
    [TempData]
    public bool Changed { get; set; }

    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Chosen { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Chosen != Repeated)
        {
            ModelState.AddModelError(nameof(Repeated), localizer["Password.NotTheSame"]);
            return Page();
        }
        if (await accounts.GetUserAsync(User) is not { } account)
            return Challenge();
        if (await signIn.CheckCurrentAsync(HttpContext, account, Current ?? "") is { Status: not SignInStatus.Succeeded } refused)
        {
            SignInRefusal.Show(
                this, nameof(Current), refused, accounts.ErrorDescriber.PasswordMismatch().Description, localizer, deskLocalizer);
            return Page();
        }
        if (Chosen == Current)
        {
            ModelState.AddModelError(nameof(Chosen), localizer["Password.Same"]);
            return Page();
        }
        return await ChangeAsync(account);
    }

    private async Task<IActionResult> ChangeAsync(Organizer account)
    {
        var mustChange = account.MustChangePassword;
        (account.MustChangePassword, account.GeneratedPassword) = (false, null);
        db.Audit(AuditAction.PasswordChanged, account);
        var outcome = await accounts.ChangePasswordAsync(account, Current ?? "", Chosen ?? "");
        if (!outcome.Succeeded)
        {
            AccountErrors.Show(outcome, ModelState, "", nameof(Chosen));
            return Page();
        }
        await sessions.EndAllAsync(account.Id, HttpContext.RequestAborted);
        await signIn.StartAsync(HttpContext, account);
        LogPasswordChanged(account.Id);
        if (mustChange)
            return Redirect(DeskRoutes.Home);
        Changed = true;
        return RedirectToPage();
    }

    [LoggerMessage(1903, LogLevel.Information, "Account {AccountId} changed its password")]
    private partial void LogPasswordChanged(int accountId);
}
