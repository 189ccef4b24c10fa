using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>
/// Puts into the cookie what every request needs to know of an account: its role and its organization's path. Renewed
/// with the security stamp, so a changed role or organization holds within a minute.
/// </summary>
public sealed class OrganizerClaims(UserManager<Organizer> accounts, IOptions<IdentityOptions> options, CampaignDbFactory dbFactory)
    : UserClaimsPrincipalFactory<Organizer>(accounts, options)
{
    internal const string OrganizationPath = "organization";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Organizer account)
    {
        var identity = await base.GenerateClaimsAsync(account);
        // Whoever is signing in has no reach yet.
        await using var db = dbFactory.Open();
        var path = await db.Organizations.Where(o => o.Id == account.OrganizationId).Select(o => o.Path).SingleAsync();
        identity.AddClaim(new Claim(OrganizationPath, path));
        identity.AddClaim(new Claim(identity.RoleClaimType, account.Role.ToString()));
        return identity;
    }
}

/// <summary>What the cookie says of the signed-in account.</summary>
public static class ClaimsPrincipalExtensions
{
    /// <summary>The account's id, for records of who did what.</summary>
    public static int AccountId(this ClaimsPrincipal user) =>
        int.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    /// <summary>Whoever is signed in, for the audit log.</summary>
    public static AuditActor Actor(this ClaimsPrincipal user) => new(user.AccountId(), user.Identity?.Name);

    public static bool MayOrganize(this ClaimsPrincipal user) =>
        user.IsInRole(nameof(OrganizerRole.Organizer)) || user.MayAdminister();

    public static bool MayAdminister(this ClaimsPrincipal user) => user.IsInRole(nameof(OrganizerRole.Administrator));

    /// <summary>How far the account sees and writes.</summary>
    public static AccessScope AccessScope(this ClaimsPrincipal user) =>
        user.FindFirstValue(OrganizerClaims.OrganizationPath) is { } path
            ? new AccessScope(path, user.MayOrganize(), user.AccountId(), user.Identity?.Name)
            : Storage.AccessScope.Nothing;
}
