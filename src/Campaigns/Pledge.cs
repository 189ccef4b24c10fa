namespace SafetyCampaign.Campaigns;

/// <summary>
/// One person's signed pledge to one text version, as the ledger recorded it. Rows are written by the ledger alone.
/// The people who signed in one request share a <see cref="Key"/> and stand in the ledger one after the other, at
/// <see cref="Position"/> 0, 1, …; what belongs to the whole request stands on the first.
/// </summary>
public sealed class Pledge
{
    /// <summary>The most people that sign together in one request (one person, or a family with up to three children).</summary>
    public const int MaxSigners = 4;

    /// <summary>
    /// The most pledges of one person that count with another. Parents, grandparents and a second try of each fit in; whoever
    /// signs after them is counted for himself and shown to the organizer. An act reads and changes no more than these.
    /// </summary>
    public const int MaxCountedTogether = 16;

    /// <summary>
    /// From the opening of the page to the signature: nobody reads six clauses and signs faster than this. What is faster is
    /// treated as a program: its budget is the narrow one of its address, and many such signings are shown to the organizer.
    /// </summary>
    public static readonly TimeSpan MinSigningTime = TimeSpan.FromSeconds(5);

    /// <summary>Sequence number in the ledger; only grows, over all events.</summary>
    public long Sequence { get; init; }

    /// <summary>The request's key: 16 bytes of a UUID, most significant first, so that time-ordered keys are stored in order.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>Which of the request's signers, from 0.</summary>
    public int Position { get; init; }

    /// <summary>The event at which it was signed.</summary>
    public int EventId { get; init; }

    /// <summary>The class it is counted with; null where the event has none or the signer belongs to none.</summary>
    public int? ClassId { get; init; }

    /// <summary>In which capacity it was signed.</summary>
    public SignerRole Role { get; init; }

    /// <summary>The version of the wording that was signed: <see cref="PledgeText.Id"/>.</summary>
    public int TextId { get; init; }

    /// <summary>
    /// Null once it has been erased. Of a guardian who typed none (<see cref="SignatureKind.HandwrittenName"/>) the child's: whoever shows
    /// it to people asks <see cref="SignerName"/>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Of a guardian who said so; else null, and null once the name has been erased.</summary>
    public GuardianRelation? Relation { get; init; }

    /// <summary>What stands for the signature. It stays when name and strokes are erased.</summary>
    public SignatureKind SignatureKind { get; init; }

    /// <summary>By which way it came in.</summary>
    public SigningChannel Channel { get; init; }

    /// <summary>On the first row: who vouched for the request, see <see cref="Voucher"/>; null where it came by phone.</summary>
    public VoucherKind? VoucherKind { get; init; }

    /// <summary>
    /// On the first row: the number of the class link, slip or account that vouched. Null once it has been erased: a slip is one
    /// pupil's.
    /// </summary>
    public int? VoucherId { get; init; }

    /// <summary>
    /// Of a student on the list of the class: <see cref="RosterEntry.Id"/>. Of a guardian who signed alone by the slip of a pupil that had
    /// signed before: that pupil's, with which it makes a family. Null where there is no list or the pupil is not on it, and null once
    /// the name has been erased.
    /// </summary>
    public int? RosterEntryId { get; init; }

    /// <summary>"You are number N": place among the people of the event (a rehearsal counts for itself).</summary>
    public int Number { get; init; }

    /// <summary>UTC: by the server's clock when it was written, the same for the whole request.</summary>
    public DateTimeOffset SignedAt { get; init; }

    /// <summary>Practice: shown while rehearsing, never counted, wiped when the event opens.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>
    /// A student's pledge and a guardian's stand in this request and make a family that is counted nowhere else. On one row
    /// of it.
    /// </summary>
    public bool Family { get; init; }

    /// <summary>
    /// The guardian's separate consent to keep the child's pledge: given in this request, or, where no guardian signs in it, held
    /// by the school for which the voucher speaks.
    /// </summary>
    public bool GuardianConsent { get; init; }

    /// <summary>
    /// The separate consent to show a masked name on the stage: given in this request, and not withdrawn since
    /// (<see cref="MaskedNameWithdrawnAt"/>).
    /// </summary>
    public bool ShowMaskedName { get; init; }

    /// <summary>On the first row: when the consent to show masked names was withdrawn alone; null where it never was.</summary>
    public DateTimeOffset? MaskedNameWithdrawnAt { get; init; }

    /// <summary>
    /// On the first row: see <see cref="ShownConsent"/>; null where nobody knows it: of what was signed on a slip, on a class sheet from
    /// before this was kept, or by an earlier version in another way than by phone.
    /// </summary>
    public int? RulesVersion { get; init; }

    /// <summary>On the first row, where any consent was given: see <see cref="ShownConsent.WordingHash"/>.</summary>
    public byte[]? ConsentHash { get; init; }

    /// <summary>On the first row: how many people signed in the request, 1-4. Else 0.</summary>
    public int Signers { get; init; }

    /// <summary>
    /// On the first row: SHA-256 of what was sent, to tell a repeated request from a changed one. Null once a name of it has been
    /// erased or corrected: it would confirm a guessed name.
    /// </summary>
    public byte[]? ContentHash { get; init; }

    /// <summary>
    /// On the first row: the secret of the receipt's address, 12 bytes. It outlives the names, so that the receipt can say that
    /// they are gone. Where it is also the salt of the digest (rows from before there was a salt), only its SHA-256 outlives them.
    /// </summary>
    public byte[]? Secret { get; init; }

    /// <summary>
    /// On the first row: 16 random bytes that go into the digest and are known to nobody else. Destroyed with the names, after
    /// which no guess can be compared with the digest.
    /// </summary>
    public byte[]? Salt { get; init; }

    /// <summary>
    /// On the first row: SHA-256 over what was sent, the text, time, sequence number in the ledger and salt; see
    /// Ledger/Receipt. It stays when the names go: the verification code is made from it.
    /// </summary>
    public byte[]? Digest { get; init; }

    /// <summary>By the signers: names and signatures are gone, and it no longer counts.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Names and signatures are gone; it counts all the same.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>By an organizer, who can take it back. It does not count meanwhile.</summary>
    public DateTimeOffset? InvalidatedAt { get; init; }

    /// <summary>
    /// Where the same person has signed before: that pledge counts and this one is kept beside it. It always names a pledge
    /// that has no CountedWith of its own.
    /// </summary>
    public long? CountedWith { get; init; }

    /// <summary>See <see cref="PledgeState"/>.</summary>
    public PledgeState State => this switch
    {
        { WithdrawnAt: not null } => PledgeState.Withdrawn,
        { InvalidatedAt: not null } => PledgeState.Invalid,
        { CountedWith: not null } => PledgeState.CountedWith,
        { ErasedAt: not null } => PledgeState.Erased,
        _ => PledgeState.Counted,
    };
}

/// <summary>The strokes of a handwritten pledge, apart from it, so that counting never reads them.</summary>
public sealed class Signature
{
    /// <summary>The pledge's sequence number in the ledger.</summary>
    public long Sequence { get; init; }

    /// <summary>See <see cref="Campaigns.Strokes"/>.</summary>
    public byte[] Strokes { get; init; } = [];
}

/// <summary>
/// Who was there when somebody signed with help, by the channel <see cref="SigningChannel.Assisted"/>: the volunteer's name. Erased with
/// the pledge's.
/// </summary>
public sealed class Witness
{
    /// <summary>The sequence number in the ledger of the request's first pledge.</summary>
    public long Sequence { get; init; }

    /// <summary>In its stored form, see <see cref="PersonName"/>.</summary>
    public string Name { get; init; } = "";
}

/// <summary>What moved a count by other means than a signature. The store keeps the number.</summary>
public enum LedgerActKind
{
    /// <summary>All practice signatures of an event were deleted.</summary>
    RehearsalWiped = 0,

    /// <summary>The signers of a request took it back: it no longer counts, names and signatures are erased.</summary>
    Withdrawn = 1,

    /// <summary>A recount of the rows found the counts wrong and set them right.</summary>
    Recounted = 2,

    /// <summary>A name, class or relation was written otherwise, by the signers.</summary>
    Corrected = 3,

    /// <summary>Names and signatures were erased; the people are counted as before.</summary>
    Erased = 4,

    /// <summary>An organizer found two pledges to be one person's; <see cref="LedgerAct.Subject"/> now counts with the other.</summary>
    Merged = 5,

    /// <summary>An organizer found that two pledges counted as one are of two people.</summary>
    Separated = 6,

    /// <summary>An organizer took a request out of the count.</summary>
    Invalidated = 7,

    /// <summary>An organizer brought an invalidated request back into the count.</summary>
    Reinstated = 8,

    /// <summary>
    /// The promised day came: names and signatures of some of the event's pledges were erased; the people are counted as
    /// before.
    /// </summary>
    Expired = 9,

    /// <summary>The consent to show masked names on the stage was withdrawn; the pledges count as before.</summary>
    MaskedNameWithdrawn = 10,

    /// <summary>A pledge went with its pupil, or with its whole class, into another class of the school.</summary>
    ClassChanged = 11,

    /// <summary>The event was deleted, with its practice, or with its counts once everything personal had been erased.</summary>
    EventDeleted = 20,
}

/// <summary>
/// An act that changes what counts. It takes a number of the ledger's sequence, so every change of a count has a record
/// and versions only grow.
/// </summary>
public sealed class LedgerAct
{
    /// <summary>Its sequence number, from the same sequence as those of pledges.</summary>
    public long Sequence { get; init; }

    /// <summary>The event whose count it concerns.</summary>
    public int EventId { get; init; }

    /// <summary>What was done.</summary>
    public LedgerActKind Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The organizer's account, null where a signer acted for itself.</summary>
    public int? By { get; init; }

    /// <summary>The first pledge it concerns, null for a whole event.</summary>
    public long? Subject { get; init; }

    /// <summary>How many people it took out of the count; negative where it brought some in.</summary>
    public int People { get; init; }

    /// <summary>
    /// What it did to the counts, part by part, for the nodes that did not do it; see Ledger/CountChange. Null where
    /// nothing.
    /// </summary>
    public string? Effect { get; init; }

    /// <summary>
    /// Where it moved a pledge into another class, by itself or by a correction: the class before; else null. In acts that are older
    /// than this property null as well: there <see cref="Effect"/> tells it, of a pledge that counts.
    /// </summary>
    public int? FormerClassId { get; init; }

    /// <summary>The last pledge that it changed: whoever has not counted that one yet counts it as it stands now.</summary>
    public long? LastChanged { get; init; }
}
