using System.Data;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SetUp;

/// <summary>
/// Makes an administrator of the whole tree where none can: at first run, and from the command line when every
/// password is lost. Works in a scope of its own with access to everything, because no account is signed in.
/// </summary>
public sealed partial class AdministratorSetup(IServiceScopeFactory scopes, ILogger<AdministratorSetup> log)
{
    /// <summary>
    /// For the command line, whose user need not be the account's owner: the password must be changed at the first sign-in. In
    /// an empty database the root of the tree gets the administrator's name, to be renamed.
    /// </summary>
    public Task<IdentityResult> CreateAsync(string name, string password) =>
        CreateAsync(name, password, new Organization(AccountName.Tidy(name), OrganizationKind.District), onlyAsFirst: false);

    /// <summary>For the first run.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="root">The organization at the top; used only where there is none yet.</param>
    /// <returns>Failed without an error where somebody else was first.</returns>
    public async Task<IdentityResult> CreateFirstAsync(string name, string password, Organization root)
    {
        try
        {
            return await CreateAsync(name, password, root, onlyAsFirst: true);
        }
        catch (Exception failure) when (failure.GetBaseException() is DbException { SqlState: SerializationFailure })
        {
            return IdentityResult.Failed();
        }
    }

    /// <summary>SQL standard: of two transactions that saw the same state one has committed.</summary>
    private const string SerializationFailure = "40001";

    private async Task<IdentityResult> CreateAsync(string name, string password, Organization root, bool onlyAsFirst)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccessScope>().Current = AccessScope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<CampaignDb>();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Organizer>>();

        // One transaction: a refused password leaves no organization behind, and of two first administrators one is first.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        if (onlyAsFirst && await db.Users.AnyAsync())
            return IdentityResult.Failed();
        var top = await db.Organizations.OrderBy(o => o.Id).FirstOrDefaultAsync(o => o.ParentId == null) ?? root;
        var account = new Organizer
        {
            UserName = AccountName.Tidy(name),
            Organization = top,
            Role = OrganizerRole.Administrator,
            MustChangePassword = !onlyAsFirst,
        };
        db.Audit(AuditAction.AdministratorCreated, account, onlyAsFirst ? AuditReason.FirstStart : AuditReason.CommandLine);
        var outcome = await accounts.CreateAsync(account, password);
        if (!outcome.Succeeded)
            return outcome;
        await transaction.CommitAsync();
        LogAdministratorCreated(account.Id);
        return outcome;
    }

    [LoggerMessage(1904, LogLevel.Information, "Account {AccountId} was set up as administrator")]
    private partial void LogAdministratorCreated(int accountId);
}
