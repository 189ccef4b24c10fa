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
/// Makes an account for a colleague. A generated password is shown in the answer itself, and on the account's page once more until it
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
    public string? Created { get; private set; }

    public string? ShownOnce { get; private set; }

    public async Task OnGetAsync()
    {
        await OfferOrganizationsAsync();
        RoleForm.OrganizationId = RoleForm.Choices[0].Id;
    }

    public async Task OnPostAsync()
    {
        await OfferOrganizationsAsync();
        if (!ModelState.IsValid)
            return;
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
            return;
        }
        LogAccountCreated(User.AccountId(), account.Id, account.Role);
        (Created, ShownOnce) = (account.UserName, generated);
        // The form comes back empty for the next colleague, in the same place.
        (Name, Password) = (null, null);
        ModelState.Clear();
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
