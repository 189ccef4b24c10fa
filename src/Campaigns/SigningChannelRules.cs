namespace SafetyCampaign.Campaigns;

/// <summary>
/// What the requests of one channel may bring, may leave out and must add. Sources: children's rules 8-10 (consent),
/// docs/domain.md 2 (pupils carry no phones at school) and 4b (不得代签: everybody signs in person).
/// </summary>
public sealed record SigningChannelRules
{
    private static readonly SigningChannelRules Phone = new()
    {
        Signatures = [SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.HandwrittenName],
    };

    /// <summary>A pupil draws on the teacher's device; nobody may type the name in its stead.</summary>
    private static readonly SigningChannelRules Relay = new()
    {
        Signatures = [SignatureKind.Handwritten, SignatureKind.HandwrittenName],
        Vouchers = [VoucherKind.ClassLink],
        GuardianMayBeAbsent = true,
    };

    /// <summary>The phone page, opened with the code of the slip.</summary>
    private static readonly SigningChannelRules Slip = new()
    {
        Signatures = [SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.HandwrittenName],
        Vouchers = [VoucherKind.Slip],
        GuardianMayBeAbsent = true,
    };

    /// <summary>A sheet that was signed by hand and transcribed row by row.</summary>
    private static readonly SigningChannelRules Paper = new()
    {
        Signatures = [SignatureKind.OnPaper],
        Vouchers = [VoucherKind.ClassLink, VoucherKind.Organizer],
        GuardianMayBeAbsent = true,
    };

    /// <summary>Somebody signs with help, before a witness. Nobody who helps need type a name that a guardian has written.</summary>
    private static readonly SigningChannelRules Assisted = new()
    {
        Signatures = [SignatureKind.Handwritten, SignatureKind.Typed, SignatureKind.Mark, SignatureKind.HandwrittenName],
        Vouchers = [VoucherKind.ClassLink, VoucherKind.Organizer],
        GuardianMayBeAbsent = true,
    };

    private SigningChannelRules()
    {
    }

    /// <summary>The kinds of signature that a request may bring.</summary>
    public required IReadOnlyList<SignatureKind> Signatures { get; init; }

    /// <summary>Who may vouch for a request. Where there is one, somebody must; where there is none, nobody may.</summary>
    public IReadOnlyList<VoucherKind> Vouchers { get; private init; } = [];

    /// <summary>
    /// A pupil up to grade 9 (<see cref="ClassName.LastGradeNeedingGuardian"/>) may come without a guardian in the same
    /// request, if whoever vouches says that the school holds the guardian's consent.
    /// </summary>
    public bool GuardianMayBeAbsent { get; private init; }

    /// <summary>The rules of a channel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
    public static SigningChannelRules Of(SigningChannel channel) => channel switch
    {
        SigningChannel.Phone => Phone,
        SigningChannel.Relay => Relay,
        SigningChannel.Slip => Slip,
        SigningChannel.Paper => Paper,
        SigningChannel.Assisted => Assisted,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };

    /// <summary>Whether a request may bring such a signature.</summary>
    public bool Takes(SignatureKind kind) => Signatures.Contains(kind);

    /// <summary>Whether this is who must vouch for a request: one of <see cref="Vouchers"/>, or nobody where there are none.</summary>
    public bool Takes(Voucher? voucher) => voucher is null ? Vouchers.Count == 0 : Vouchers.Contains(voucher.Kind);

    /// <summary>Whether pupils who need a guardian may sign without one in the same request.</summary>
    /// <param name="voucher">Who vouches for the request; null where nobody does.</param>
    public bool TakesWithoutGuardian(Voucher? voucher) => GuardianMayBeAbsent && voucher is { HoldsGuardianConsent: true };
}
