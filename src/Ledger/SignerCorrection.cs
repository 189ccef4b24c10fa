using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>How one signer's name, class and relation ought to read.</summary>
/// <param name="Name">In its stored form, see <see cref="PersonName"/>.</param>
/// <param name="ClassId">The class's row; null where the person belongs to none.</param>
/// <param name="Relation">What a guardian is to the child; null where it is not said, and for other roles.</param>
public sealed record SignerCorrection(string Name, int? ClassId, GuardianRelation? Relation)
{
    /// <summary>
    /// Of a guardian whose name stands in the handwriting alone: it stays so, and <see cref="Name"/> is the child's. False: it reads as
    /// <see cref="Name"/> from now on.
    /// </summary>
    public bool HandwrittenName { get; init; }
}
