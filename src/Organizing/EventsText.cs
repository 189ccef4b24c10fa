namespace SafetyCampaign.Organizing;

/// <summary>The words of the desk's pages about events and pledge texts.</summary>
public sealed class EventsText;
