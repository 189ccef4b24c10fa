namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the wave.</summary>
public sealed class WaveText;
