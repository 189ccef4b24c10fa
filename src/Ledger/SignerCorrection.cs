using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>How one signer's name, class and relation ought to read. The name is in its stored form, see <see cref="PersonName"/>.</summary>
public sealed record SignerCorrection(string Name, int? ClassId, GuardianRelation? Relation);
