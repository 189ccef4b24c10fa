namespace SafetyCampaign.Campaigns;

/// <summary>
/// A take-home slip of one pupil for one event: its code opens the phone page with class and seat filled in. The store keeps the code's
/// hash, to find it by, and the code itself only under the program's own keys, to print it again. Issuing another ends the one before;
/// a pupil has one at a time for an event.
/// </summary>
public sealed class Slip
{
    private Slip() => (CodeHash, ProtectedCode) = ("", "");

    /// <summary>A slip that is open from now on.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="rosterEntryId">The pupil.</param>
    /// <param name="codeHash"><see cref="LinkSecret.HashOf"/> of its code.</param>
    /// <param name="protectedCode">See <see cref="ProtectedCode"/>.</param>
    /// <param name="studentTextId">See <see cref="StudentTextId"/>.</param>
    /// <param name="guardianTextId">See <see cref="GuardianTextId"/>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="consent">See <see cref="Consent"/>.</param>
    public Slip(int eventId, int rosterEntryId, string codeHash, string protectedCode, int? studentTextId, int? guardianTextId,
        DateTimeOffset now, ShownConsent? consent = null)
    {
        (EventId, RosterEntryId, CodeHash, ProtectedCode, IssuedAt) = (eventId, rosterEntryId, codeHash, protectedCode, now);
        (StudentTextId, GuardianTextId) = (studentTextId, guardianTextId);
        (RulesVersion, ConsentHash) = (consent?.RulesVersion, consent?.WordingHash);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event.</summary>
    public int EventId { get; private set; }

    /// <summary>The pupil.</summary>
    public int RosterEntryId { get; private set; }

    /// <summary>SHA-256 of the code, in lower-case hexadecimal digits.</summary>
    public string CodeHash { get; private set; }

    /// <summary>
    /// The code, encrypted by a key that lies outside of the database or is encrypted in it, so that it can be printed again.
    /// </summary>
    public string ProtectedCode { get; private set; }

    /// <summary>
    /// The version of the students' text that was in force when it was issued, <see cref="PledgeText.Id"/>: what is signed on the paper is
    /// that one, whatever is written since. Null where the campaign had none, and of slips from before this was kept.
    /// </summary>
    public int? StudentTextId { get; private set; }

    /// <summary>The guardians'; likewise.</summary>
    public int? GuardianTextId { get; private set; }

    /// <summary>The version of the rules on children's data whose day the printed consent names; null where none is printed.</summary>
    public int? RulesVersion { get; private set; }

    /// <summary>
    /// See <see cref="ShownConsent.WordingHash"/>, of the consent that is printed on it, in the language in which it was issued.
    /// </summary>
    public byte[]? ConsentHash { get; private set; }

    /// <summary>
    /// What a guardian agrees to who signs on the paper; null where none is printed: the campaign has no text for guardians, or the slip is
    /// from before this was kept.
    /// </summary>
    public ShownConsent? Consent => ShownConsent.Kept(RulesVersion, ConsentHash);

    /// <summary>UTC.</summary>
    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>UTC: when a family signed with it; null before.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>UTC: when another was issued or an organizer ended it; null while it is open.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>A family has signed with it. Using it again keeps the first time.</summary>
    public void Use(DateTimeOffset now) => UsedAt ??= now;

    /// <summary>What was signed on it counts no longer: a family may sign with it.</summary>
    public void Reopen() => UsedAt = null;

    /// <summary>The code is refused from now on. Revoking again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
