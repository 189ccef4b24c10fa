namespace SafetyCampaign.Organizing;

/// <summary>The words of the page about an event's host links.</summary>
public sealed class HostLinksText;
