using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a request that has passed every check.</summary>
/// <param name="TextId">The row of the text version signed.</param>
/// <param name="Strokes">The handwriting, see <see cref="Campaigns.Strokes"/>; null where the name was typed.</param>
public sealed record SignerDraft(SignerRole Role, int TextId, int? ClassId, string Name, GuardianRelation? Relation, byte[]? Strokes);

/// <summary>A request that has passed every check, to be written: one to four people, together or not at all.</summary>
/// <param name="Key">The request's own key; the same key is stored once.</param>
/// <param name="ContentHash">SHA-256 of what was sent, 32 bytes.</param>
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
    /// <summary>A student's pledge and a guardian's in one request make a family, however many children sign.</summary>
    public bool IsFamily => Of(SignerRole.Student) is not null && Guardian is not null;

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
    public sealed record Recorded(Receipt Receipt) : LedgerOutcome
    {
        internal IReadOnlyList<CountChange> Counts { get; init; } = [];
    }

    /// <summary>On disk since an earlier call with the same key and content.</summary>
    public sealed record Repeated(Receipt Receipt) : LedgerOutcome;

    /// <summary>The key is stored with other content.</summary>
    public sealed record KeyTaken : LedgerOutcome;

    /// <summary>The draft was checked while the event rehearsed, which it no longer does: to be checked again as the event stands now.</summary>
    public sealed record Outdated : LedgerOutcome;

    /// <summary>Overloaded, or the disk is full or failing. The same key may be sent again.</summary>
    public sealed record Unavailable : LedgerOutcome;
}
