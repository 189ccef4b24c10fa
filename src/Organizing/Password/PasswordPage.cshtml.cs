using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Password;

/// <summary>Changes the own password; every other session of the account ends with the old one.</summary>
[Authorize(Policy = Policies.Read)]
public sealed partial class PasswordPage(
    SignInManager<Organizer> signIn, CampaignDb db, IStringLocalizer<OrganizingText> localizer, ILogger<PasswordPage> log) : PageModel
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
        if (await signIn.UserManager.GetUserAsync(User) is not { } account)
            return Challenge();
        db.Audit(AuditAction.PasswordChanged, account);
        var outcome = await signIn.UserManager.ChangePasswordAsync(account, Current ?? "", Chosen ?? "");
        if (!outcome.Succeeded)
        {
            var mismatch = outcome.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch));
            AccountErrors.Show(outcome, ModelState, "", mismatch ? nameof(Current) : nameof(Chosen));
            return Page();
        }
        await signIn.RefreshSignInAsync(account);
        LogPasswordChanged(account.Id);
        Changed = true;
        return RedirectToPage();
    }

    [LoggerMessage(1903, LogLevel.Information, "Account {AccountId} changed its password")]
    private partial void LogPasswordChanged(int accountId);
}
