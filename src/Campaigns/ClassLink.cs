namespace SafetyCampaign.Campaigns;

/// <summary>
/// Lets the teacher of one class, who has no account, see that class and take its pledges: at one event, or at every event of one
/// campaign. Whoever has the address with its <see cref="LinkSecret"/> may, until it expires or is revoked.
/// </summary>
public sealed class ClassLink
{
    private ClassLink() => SecretHash = "";

    /// <summary>A link that is open from now on.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="eventId">The event; null for every event of <paramref name="campaignId"/> in which the class takes part.</param>
    /// <param name="campaignId">The campaign; of the event where one is named.</param>
    /// <param name="secretHash"><see cref="LinkSecret.HashOf"/> of its secret.</param>
    /// <param name="holdsGuardianConsent">See <see cref="HoldsGuardianConsent"/>.</param>
    /// <param name="createdBy">The account that makes it.</param>
    /// <param name="now">The moment.</param>
    /// <param name="expiresAt">See <see cref="ExpiresAt"/>.</param>
    /// <param name="vouched">See <see cref="Vouched"/>.</param>
    public ClassLink(int classId, int? eventId, int campaignId, string secretHash, bool holdsGuardianConsent, int createdBy,
        DateTimeOffset now, DateTimeOffset expiresAt, ShownConsent? vouched = null)
    {
        (ClassId, EventId, CampaignId, SecretHash) = (classId, eventId, campaignId, secretHash);
        (HoldsGuardianConsent, CreatedBy, CreatedAt, ExpiresAt) = (holdsGuardianConsent, createdBy, now, expiresAt);
        if (holdsGuardianConsent)
            (RulesVersion, ConsentHash) = (vouched?.RulesVersion, vouched?.WordingHash);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The one class that it opens.</summary>
    public int ClassId { get; private set; }

    /// <summary>The one event; null for every event of the campaign in which the class takes part.</summary>
    public int? EventId { get; private set; }

    /// <summary>The campaign to which it belongs.</summary>
    public int CampaignId { get; private set; }

    /// <summary>SHA-256 of the secret, in lower-case hexadecimal digits.</summary>
    public string SecretHash { get; private set; }

    /// <summary>
    /// The school has said that it holds the written consent of the guardians of this class. Without it no pupil up to grade 9 signs
    /// by the relay (children's rules 8-10; docs/domain.md 6).
    /// </summary>
    public bool HoldsGuardianConsent { get; private set; }

    /// <summary>The version of the rules on children's data that was in force when the school said so; null where it did not.</summary>
    public int? RulesVersion { get; private set; }

    /// <summary>See <see cref="ShownConsent.WordingHash"/>, of the sentence by which the school said so.</summary>
    public byte[]? ConsentHash { get; private set; }

    /// <summary>
    /// By which words the school vouched for the guardians' consent: the record of every pledge that is kept on the strength of it. Null
    /// where it did not, and of a link from before this was kept.
    /// </summary>
    public ShownConsent? Vouched => ShownConsent.Kept(RulesVersion, ConsentHash);

    /// <summary>The account that made it.</summary>
    public int CreatedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>UTC: from then on it opens nothing.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>UTC; null while nobody has ended it.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>How long after the event's day a class may be looked at and what waits on its device may still be sent, in days.</summary>
    public const int DaysAfterEvent = 30;

    /// <summary>
    /// When a link expires: <see cref="DaysAfterEvent"/> days after the event's day, or with home signing where that ends later; never
    /// after the day on which names are erased has begun.
    /// </summary>
    /// <param name="endsAt">The event's end; of a campaign's link that of its last event.</param>
    /// <param name="homeSigningUntil">The end of home signing; null where it has none.</param>
    /// <param name="zone">The event's, an IANA name.</param>
    /// <param name="eraseOn">The day on which names are erased, as the rules on children's data promise it.</param>
    /// <returns>UTC.</returns>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such zone.</exception>
    public static DateTimeOffset ExpiryOf(DateTimeOffset endsAt, DateTimeOffset? homeSigningUntil, string zone, DateOnly eraseOn)
    {
        var until = endsAt.AddDays(DaysAfterEvent).EndOfDayIn(zone);
        if (homeSigningUntil?.EndOfDayIn(zone) is { } home && home > until)
            until = home;
        var erased = eraseOn.BeginsIn(zone);
        return erased < until ? erased : until;
    }

    /// <summary>Whether it opens anything at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>The link is refused from now on. Revoking again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
