namespace SafetyCampaign.Campaigns;

/// <summary>
/// One person's signed pledge to one text version, as the ledger recorded it. Rows are written by the ledger alone.
/// The people who signed in one request share a <see cref="Key"/> and stand in the ledger one after the other, at
/// <see cref="Position"/> 0, 1, …; what belongs to the whole request stands on the first.
/// </summary>
public sealed class Pledge
{
    /// <summary>Place in the ledger; only grows, over all events.</summary>
    public long Sequence { get; init; }

    /// <summary>The request's key: 16 bytes of a UUID, most significant first, so that time-ordered keys are stored in order.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>Which of the request's signers, from 0.</summary>
    public int Position { get; init; }

    public int EventId { get; init; }
    public int? ClassId { get; init; }
    public SignerRole Role { get; init; }
    public int TextId { get; init; }

    /// <summary>Null once it has been erased.</summary>
    public string? Name { get; init; }

    public GuardianRelation? Relation { get; init; }

    /// <summary>Signed by typing the name; otherwise the strokes stand in <see cref="Signature"/>.</summary>
    public bool Typed { get; init; }

    public SigningChannel Channel { get; init; }

    /// <summary>"You are number N": place among the people of the event (a rehearsal counts for itself).</summary>
    public int Number { get; init; }

    public DateTimeOffset SignedAt { get; init; }

    /// <summary>Practice: shown while rehearsing, never counted, wiped when the event opens.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>This student's pledge completes a family: the guardian's was signed with it. At most one per request.</summary>
    public bool Family { get; init; }

    /// <summary>The guardian's separate consent to keep the child's pledge was given in this request.</summary>
    public bool GuardianConsent { get; init; }

    /// <summary>The separate consent to show a masked name on the stage was given in this request.</summary>
    public bool ShowMaskedName { get; init; }

    /// <summary>On the first row: how many people signed in the request, 1-4. Else 0.</summary>
    public int Signers { get; init; }

    /// <summary>On the first row: SHA-256 of what was sent, to tell a repeated request from a changed one.</summary>
    public byte[]? ContentHash { get; init; }

    /// <summary>On the first row: the secret of the receipt's address.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>On the first row: SHA-256 over what was sent, the text, time, place in the ledger and secret; see Ledger/Receipt.</summary>
    public byte[]? Digest { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }
}

/// <summary>The strokes of a handwritten pledge, apart from it, so that counting never reads them.</summary>
public sealed class Signature
{
    /// <summary>The pledge's place in the ledger.</summary>
    public long Sequence { get; init; }

    /// <summary>See <see cref="Campaigns.Strokes"/>.</summary>
    public byte[] Strokes { get; init; } = [];
}

/// <summary>What moved a count by other means than a signature.</summary>
public enum LedgerActKind
{
    RehearsalWiped,
    Withdrawn,

    /// <summary>A recount of the rows found the counts wrong and set them right.</summary>
    Recounted,
}

/// <summary>An act that changes what counts. It takes a place in the ledger's sequence, so counts stay explicable and versions only grow.</summary>
public sealed class LedgerAct
{
    public long Sequence { get; init; }
    public int EventId { get; init; }
    public LedgerActKind Kind { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The organizer's account, null where a signer acted for itself.</summary>
    public int? By { get; init; }

    /// <summary>The first pledge it concerns, null for a whole event.</summary>
    public long? Subject { get; init; }

    /// <summary>How many people it took out of the count; negative where a recount found too few.</summary>
    public int People { get; init; }
}
