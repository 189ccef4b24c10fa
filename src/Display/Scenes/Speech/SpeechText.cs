namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the speech.</summary>
public sealed class SpeechText;
