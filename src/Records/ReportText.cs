namespace SafetyCampaign.Records;

/// <summary>The words of the activity report.</summary>
public sealed class ReportText;
