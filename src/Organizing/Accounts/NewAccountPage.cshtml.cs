using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// Makes an account for a colleague. A generated password is shown once after the redirect, and on the account's page once more until it
/// was used.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed partial class NewAccountPage(
    UserManager<Organizer> accounts, GeneratedPasswords passwords, CampaignDb db, ILogger<NewAccountPage> log) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public AccountRole RoleForm { get; set; } = new();

    /// <summary>Empty: one is generated.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The name of the account just made.</summary>
    [TempData(Key = "NewAccount.Created")]
    public string? Created { get; set; }

    /// <summary>
    /// The password that was just made. It comes with the redirect after the press, in the encrypted temp-data cookie, and is gone once
    /// shown: reloading the page makes no second account.
    /// </summary>
    [TempData(Key = "NewAccount.Password")]
    public string? ShownOnce { get; set; }

    /// <param name="role">What the account made before may do, for the next colleague in the same place.</param>
    /// <param name="organization">Where that one is.</param>
    public async Task OnGetAsync(OrganizerRole? role, int? organization)
    {
        await OfferOrganizationsAsync();
        RoleForm.Role = role is { } same && Enum.IsDefined(same) ? same : RoleForm.Role;
        RoleForm.OrganizationId = (RoleForm.Choices.FirstOrDefault(row => row.Id == organization) ?? RoleForm.Choices[0]).Id;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OfferOrganizationsAsync();
        if (!ModelState.IsValid)
            return Page();
        var generated = string.IsNullOrWhiteSpace(Password) ? InitialPassword.New() : null;
        var account = new Organizer
        {
            UserName = AccountName.Tidy(Name),
            OrganizationId = RoleForm.OrganizationId,
            Role = RoleForm.Role,
            MustChangePassword = true,
            GeneratedPassword = generated is null ? null : passwords.Protect(generated),
        };
        db.Audit(AuditAction.AccountCreated, account).Detail = account.Role.WireName();
        var outcome = await accounts.CreateAsync(account, generated ?? Password!);
        if (!outcome.Succeeded)
        {
            AccountErrors.Show(outcome, ModelState, nameof(Name), nameof(Password));
            return Page();
        }
        LogAccountCreated(User.AccountId(), account.Id, account.Role);
        (Created, ShownOnce) = (account.UserName, generated);
        return RedirectToPage(new { role = account.Role, organization = account.OrganizationId });
    }

    /// <summary>An administrator of an archived organization may still need a colleague there.</summary>
    private async Task OfferOrganizationsAsync()
    {
        var all = await db.ReadTreeAsync(HttpContext.RequestAborted);
        var unarchived = all.Where(row => !row.IsArchived).ToList();
        RoleForm.Choices = unarchived.Count > 0 ? unarchived : all;
    }

    [LoggerMessage(1902, LogLevel.Information, "Account {By} made account {AccountId} as {Role}")]
    private partial void LogAccountCreated(int by, int accountId, OrganizerRole role);
}
