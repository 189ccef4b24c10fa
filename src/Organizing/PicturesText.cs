namespace SafetyCampaign.Organizing;

/// <summary>The words of the page about an event's pictures.</summary>
public sealed class PicturesText;
