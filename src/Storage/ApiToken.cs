using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>What a token may read; the store keeps the number.</summary>
[Flags]
public enum ApiScopes
{
    None = 0,

    /// <summary>The roll-up: numbers, nobody's name.</summary>
    Counts = 1,

    /// <summary>Who signed at an event, by name.</summary>
    Lists = 2,
}

/// <summary>
/// Lets another program, such as a district's platform, read by the API what lies in one organization and below it. It does no more than
/// the account that made it may do: where that is removed, suspended or no administrator there any more, the token opens nothing.
/// </summary>
public sealed class ApiToken
{
    /// <summary>Longest <see cref="Name"/>, in UTF-16 units.</summary>
    public const int NameMaxLength = 60;

    /// <summary>The most days for which one is made.</summary>
    public const int MaxDays = 366;

    /// <summary>Of each token, so that whoever finds one in a file knows what it is.</summary>
    public const string Prefix = "pledges_";

    private ApiToken() => Name = SecretHash = "";

    /// <param name="organization">What it reads, with all below it.</param>
    /// <param name="name">Whom it is for.</param>
    /// <param name="secretHash"><see cref="LinkSecret.HashOf"/> of the whole token.</param>
    /// <param name="scopes">What it may read.</param>
    /// <param name="by">The account that makes it.</param>
    /// <param name="now">From when on.</param>
    /// <param name="until">The moment at which it ends.</param>
    public ApiToken(
        Organization organization, string name, string secretHash, ApiScopes scopes, int by, DateTimeOffset now, DateTimeOffset until) =>
        (OrganizationId, Organization, Name, SecretHash, Scopes, CreatedBy, CreatedAt, Until) =
            (organization.Id, organization, name, secretHash, scopes, by, now, until);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public Organization Organization { get; private set; } = null!;

    /// <summary>Whom it is for, as its maker wrote it.</summary>
    public string Name { get; private set; }

    /// <summary>SHA-256 of the token, in lower-case hexadecimal digits; the token itself is kept nowhere.</summary>
    public string SecretHash { get; private set; }

    public ApiScopes Scopes { get; private set; }

    public int CreatedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>UTC; null where nobody has ended it before its time.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>UTC, to the minute; null where it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>A new token.</summary>
    public static string NewSecret() => Prefix + LinkSecret.New();

    /// <summary>Ends it. Ending it again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
