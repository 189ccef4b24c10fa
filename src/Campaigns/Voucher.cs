namespace SafetyCampaign.Campaigns;

/// <summary>What kind of access vouches for a request that did not come from the signers' own phone. Stored as a number.</summary>
public enum VoucherKind
{
    /// <summary>The link of a class, which its teacher holds.</summary>
    ClassLink = 0,

    /// <summary>A take-home slip with its one-time code.</summary>
    Slip = 1,

    /// <summary>An organizer's account: who transcribed the paper, or who was there as the witness.</summary>
    Organizer = 2,
}

/// <summary>
/// Who vouches for a request. It names an access that the database knows, never a person: nothing more is kept than is
/// needed to ask whoever vouched (PIPL 6, 19; docs/domain.md 6).
/// </summary>
/// <param name="Kind">What <paramref name="Id"/> is the number of.</param>
/// <param name="Id">The class link's, the slip's or the account's number.</param>
/// <param name="HoldsGuardianConsent">
/// The school for which it speaks holds the guardian's consent of the pupils who sign; then the guardian need not sign with them.
/// </param>
public sealed record Voucher(VoucherKind Kind, int Id, bool HoldsGuardianConsent = false);
