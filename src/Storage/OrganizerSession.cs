namespace SafetyCampaign.Storage;

/// <summary>
/// One browser in which an account is signed in. The browser's cookie holds the key; the store keeps only its hash, so a copy
/// of the database signs nobody in. No network address is kept.
/// </summary>
public sealed class OrganizerSession
{
    /// <summary>Longest <see cref="Device"/>, in UTF-16 units.</summary>
    public const int DeviceMaxLength = 60;

    public int Id { get; init; }
    public int OrganizerId { get; init; }

    /// <summary>SHA-256 of the key, in lower-case hexadecimal digits.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The account's stamp at sign-in: a new stamp (password, role, organization) ends the session.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Browser and system, such as "Chrome, Windows"; empty where the browser says neither.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// An identity provider vouched for the account; no password was asked for, so none has to be changed before anything opens.
    /// </summary>
    public bool ThroughProvider { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; written every few minutes only, so the last request may be that much later.</summary>
    public DateTimeOffset LastSeenAt { get; init; }
}
