namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the oath beside those that are read.</summary>
public sealed class OathText;
