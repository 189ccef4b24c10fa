using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// Lets somebody without an account host one event's stage. The link holds the secret; the store keeps only its hash,
/// so a copy of the database does not let anybody host.
/// </summary>
public sealed class HostLink
{
    private HostLink() => SecretHash = "";

    /// <summary>A link that is open from now on; <paramref name="secretHash"/> is <see cref="HashOf"/> of its secret.</summary>
    public HostLink(int eventId, string secretHash, int createdBy, DateTimeOffset now)
    {
        EventId = eventId;
        SecretHash = secretHash;
        CreatedBy = createdBy;
        CreatedAt = now;
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The one event whose stage it lets somebody host.</summary>
    public int EventId { get; private set; }

    /// <summary>SHA-256 of the secret, in lower-case hexadecimal digits.</summary>
    public string SecretHash { get; private set; }

    /// <summary>The account that made it.</summary>
    public int CreatedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>UTC; null while the link is open.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>A new link's secret: 128 random bits as hexadecimal digits, at which no chat program ends a link.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256 without salt or iterations is enough for 128 random bits.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The link is refused from now on. Revoking again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
