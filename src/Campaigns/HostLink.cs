namespace SafetyCampaign.Campaigns;

/// <summary>Lets somebody without an account host one event's stage: whoever has the address with its <see cref="LinkSecret"/>.</summary>
public sealed class HostLink
{
    /// <summary>Longest <see cref="Label"/>, in UTF-16 units.</summary>
    public const int LabelMaxLength = 30;

    private HostLink() => SecretHash = "";

    /// <summary>A link that is open from now on; <paramref name="secretHash"/> is <see cref="LinkSecret.HashOf"/> of its secret.</summary>
    public HostLink(int eventId, string secretHash, int createdBy, DateTimeOffset now, string? label = null)
    {
        Label = label;
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

    /// <summary>Whom or what it is for, as its maker wrote it; null where nothing was written.</summary>
    public string? Label { get; private set; }

    /// <summary>The account that made it.</summary>
    public int CreatedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>UTC; null while the link is open.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>The link is refused from now on. Revoking again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
