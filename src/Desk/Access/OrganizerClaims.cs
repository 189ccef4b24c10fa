using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>
/// What every request needs to know of the account that is signed in. Read from the store with each request, so a changed
/// role or organization holds at the next one.
/// </summary>
/// <param name="Account">The account's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="OrganizationPath">Where: see <see cref="Campaigns.Organization.Path"/>.</param>
/// <param name="Session">The id of the session that the request belongs to.</param>
/// <param name="MustChangePassword">Nothing opens before the password is changed.</param>
internal sealed record OrganizerClaims(
    int Account, string Name, OrganizerRole Role, string OrganizationPath, int Session, bool MustChangePassword)
{
    public const string OrganizationType = "organization";
    public const string SessionType = "session";
    public const string MustChangePasswordType = "must-change-password";
    public const string MustSetUpSecondFactorType = "must-set-up-second-factor";

    /// <summary>A second factor is demanded from the account, and it has none: nothing opens before it is set up.</summary>
    public bool MustSetUpSecondFactor { get; init; }

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, Account.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, Role.ToString()));
        identity.AddClaim(new Claim(OrganizationType, OrganizationPath));
        identity.AddClaim(new Claim(SessionType, Session.ToString(CultureInfo.InvariantCulture)));
        if (MustChangePassword)
            identity.AddClaim(new Claim(MustChangePasswordType, ""));
        if (MustSetUpSecondFactor)
            identity.AddClaim(new Claim(MustSetUpSecondFactorType, ""));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>What is known of the signed-in account.</summary>
public static class ClaimsPrincipalExtensions
{
    /// <summary>The account's id, for records of who did what.</summary>
    public static int AccountId(this ClaimsPrincipal user) =>
        int.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    /// <summary>Whoever is signed in, for the audit log.</summary>
    public static AuditActor Actor(this ClaimsPrincipal user) => new(user.AccountId(), user.Identity?.Name);

    /// <summary>The session that the request belongs to; null where nobody is signed in.</summary>
    public static int? SessionId(this ClaimsPrincipal user) =>
        user.FindFirstValue(OrganizerClaims.SessionType) is { } id ? int.Parse(id, CultureInfo.InvariantCulture) : null;

    public static bool MustChangePassword(this ClaimsPrincipal user) => user.HasClaim(OrganizerClaims.MustChangePasswordType, "");

    public static bool MustSetUpSecondFactor(this ClaimsPrincipal user) =>
        user.HasClaim(OrganizerClaims.MustSetUpSecondFactorType, "");

    /// <summary>Signed in, and nothing opens yet but the page where something is to be done first.</summary>
    public static bool MustFinishAccountSetup(this ClaimsPrincipal user) => user.MustChangePassword() || user.MustSetUpSecondFactor();

    public static bool MayOrganize(this ClaimsPrincipal user) =>
        user.IsInRole(nameof(OrganizerRole.Organizer)) || user.MayAdminister();

    public static bool MayAdminister(this ClaimsPrincipal user) => user.IsInRole(nameof(OrganizerRole.Administrator));

    /// <summary>How far the account sees and writes.</summary>
    public static AccessScope AccessScope(this ClaimsPrincipal user) =>
        user.FindFirstValue(OrganizerClaims.OrganizationType) is { } path
            ? new AccessScope(path, user.MayOrganize(), user.AccountId(), user.Identity?.Name)
            : Storage.AccessScope.Nothing;
}
