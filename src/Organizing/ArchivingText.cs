namespace SafetyCampaign.Organizing;

/// <summary>The words of the pages on which an event is archived or deleted.</summary>
public sealed class ArchivingText;
