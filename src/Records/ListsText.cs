namespace SafetyCampaign.Records;

/// <summary>The words of the lists that are taken out of an event, and of their page.</summary>
public sealed class ListsText;
