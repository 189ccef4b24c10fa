using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a request that has passed every check.</summary>
/// <param name="Role">In which capacity the person signs.</param>
/// <param name="TextId">The row of the text version signed.</param>
/// <param name="ClassId">The class's row; null where the person belongs to none.</param>
/// <param name="Name">In its stored form, see <see cref="PersonName"/>.</param>
/// <param name="Relation">What a guardian is to the child; null where it is not said, and for other roles.</param>
/// <param name="SignatureKind">What stands for the signature.</param>
/// <param name="Strokes">The handwriting or the mark, see <see cref="Campaigns.Strokes"/>; null for the other kinds.</param>
public sealed record SignerDraft(
    SignerRole Role, int TextId, int? ClassId, string Name, GuardianRelation? Relation, SignatureKind SignatureKind, byte[]? Strokes)
{
    /// <summary>SHA-256 over the text version signed, in all of its languages: 32 bytes, see <see cref="PledgeTextHash"/>.</summary>
    public byte[] TextHash { get; init; } = [];

    /// <summary>
    /// Of a student on the list of the class, and of a guardian who signs alone for such a student: <see cref="RosterEntry.Id"/>. Else
    /// null.
    /// </summary>
    public int? RosterEntryId { get; init; }

    /// <summary>Of a student: the list of the class has the name twice, so that the name alone tells nobody.</summary>
    public bool HasNamesake { get; init; }
}

/// <summary>
/// A request that has passed every check and waits to be written: one to <see cref="Pledge.MaxSigners"/> people, together or not
/// at all.
/// </summary>
/// <param name="Key">The request's own key; the same key is stored once.</param>
/// <param name="EventId">The event's row.</param>
/// <param name="Rehearsal">The event rehearsed when the request was checked, so it is practice.</param>
/// <param name="Channel">How it came.</param>
/// <param name="GuardianConsent">A guardian consents that the child's pledge is kept.</param>
/// <param name="ShowMaskedName">The family agrees that a masked name may appear on the stage.</param>
/// <param name="ContentHash">SHA-256 of what was sent, 32 bytes.</param>
/// <param name="Signers">One to <see cref="Pledge.MaxSigners"/> people; their order is the order of their numbers.</param>
public sealed record PledgeDraft(
    Guid Key,
    int EventId,
    bool Rehearsal,
    SigningChannel Channel,
    bool GuardianConsent,
    bool ShowMaskedName,
    byte[] ContentHash,
    IReadOnlyList<SignerDraft> Signers)
{
    /// <summary>Who vouches for the request; null where it came from the signers' own phone.</summary>
    public Voucher? Voucher { get; init; }

    /// <summary>Who was there, by name, where somebody signs with help; else null.</summary>
    public string? Witness { get; init; }

    /// <summary>What was noticed when the request came in; mostly nothing.</summary>
    public SigningFlags Flags { get; init; }

    /// <summary>What stood before those who consented; null where no page of ours told it.</summary>
    public ShownConsent? ShownConsent { get; init; }

    /// <summary>
    /// UTC: when it was signed on a device that had no network; null where the time of writing is meant. Not in the future, and not
    /// before signing was opened.
    /// </summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>
    /// The line of the audit log that is written in the same transaction where the request is stored, not where it was stored before;
    /// null for a request of the signers' own.
    /// </summary>
    public AuditEntry? Audit { get; init; }

    /// <summary>The wording that was agreed to; null where nothing was.</summary>
    internal byte[]? ConsentHash => GuardianConsent || ShowMaskedName ? ShownConsent?.WordingHash : null;

    /// <summary>A student's pledge and a guardian's in one request make a family, however many children sign.</summary>
    public bool IsFamily => Of(SignerRole.Student) is not null && Guardian is not null;

    /// <summary>A guardian who signs alone for a pupil on a class's list; null where none does.</summary>
    internal SignerDraft? LoneGuardian =>
        Signers is [{ Role: SignerRole.Guardian, RosterEntryId: not null } alone] ? alone : null;

    /// <summary>Null where none signs.</summary>
    internal SignerDraft? Guardian => Of(SignerRole.Guardian);

    private SignerDraft? Of(SignerRole role)
    {
        foreach (var signer in Signers)
            if (signer.Role == role)
                return signer;
        return null;
    }
}

/// <summary>The outcome of writing a draft.</summary>
public abstract record LedgerOutcome
{
    /// <summary>On disk, by this call.</summary>
    /// <param name="Receipt">What the signers keep.</param>
    public sealed record Recorded(Receipt Receipt) : LedgerOutcome
    {
        internal IReadOnlyList<CountChange> Counts { get; init; } = [];
    }

    /// <summary>On disk since an earlier call with the same key and content.</summary>
    /// <param name="Receipt">The receipt of that call.</param>
    public sealed record Repeated(Receipt Receipt) : LedgerOutcome;

    /// <summary>The key is stored with other content.</summary>
    public sealed record KeyTaken : LedgerOutcome;

    /// <summary>
    /// The draft was checked while the event rehearsed, which it no longer does: to be checked again as the event stands
    /// now.
    /// </summary>
    public sealed record Outdated : LedgerOutcome;

    /// <summary>Overloaded, or the disk is full or failing. The same key may be sent again.</summary>
    public sealed record Unavailable : LedgerOutcome;
}
