namespace SafetyCampaign.Records;

/// <summary>The words of the pledge book.</summary>
public sealed class BookText;
