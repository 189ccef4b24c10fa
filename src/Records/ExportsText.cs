namespace SafetyCampaign.Records;

/// <summary>The words of the page of weekly exports.</summary>
public sealed class ExportsText;
