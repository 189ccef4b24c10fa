namespace SafetyCampaign.Pledging;

/// <summary>The words of the page that verifies a record.</summary>
public sealed class VerifyText;
