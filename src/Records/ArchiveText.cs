namespace SafetyCampaign.Records;

/// <summary>The words of the archive package and of its page.</summary>
public sealed class ArchiveText;
