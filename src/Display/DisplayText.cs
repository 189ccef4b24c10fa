namespace SafetyCampaign.Display;

/// <summary>The words on the stage.</summary>
public sealed class DisplayText;
