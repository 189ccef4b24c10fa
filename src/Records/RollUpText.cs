namespace SafetyCampaign.Records;

/// <summary>The words of the numbers that are added up along the tree of organizations.</summary>
public sealed class RollUpText;
