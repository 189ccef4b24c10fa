namespace SafetyCampaign.Records;

/// <summary>The words of the yearly audit pack.</summary>
public sealed class AuditPackText;
