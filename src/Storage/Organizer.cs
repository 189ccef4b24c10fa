using Microsoft.AspNetCore.Identity;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>What an account may do within its organization's subtree. The store keeps the number.</summary>
public enum OrganizerRole
{
    /// <summary>Reads.</summary>
    Observer = 0,

    /// <summary>Reads and runs events.</summary>
    Organizer = 1,

    /// <summary>Also makes accounts and organizations.</summary>
    Administrator = 2,
}

/// <summary>An account of the desk. Signs in with <c>UserName</c>, which may be any name (王老师), and a password.</summary>
public sealed class Organizer : IdentityUser<int>
{
    public int OrganizationId { get; set; }
    public Organization Organization { get; set; } = null!;
    public OrganizerRole Role { get; set; }

    /// <summary>Somebody else made the password (an administrator, the command line): nothing opens before it is changed.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>
    /// The password that the program made up, encrypted by the data protection keys, so that whoever made the account can be shown it
    /// once more; null once it was used, and where the password is not of the program's making.
    /// </summary>
    public string? GeneratedPassword { get; set; }
}
