namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the signing scene.</summary>
public sealed class SigningText;
