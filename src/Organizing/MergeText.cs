namespace SafetyCampaign.Organizing;

/// <summary>The words of the page on which two organizations are merged.</summary>
public sealed class MergeText;
