namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the thanks.</summary>
public sealed class ThanksText;
