namespace SafetyCampaign.Records;

/// <summary>The words of the page about how long data is kept.</summary>
public sealed class RetentionText;
