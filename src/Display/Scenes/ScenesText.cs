namespace SafetyCampaign.Display.Scenes;

/// <summary>The words that several scenes share.</summary>
public sealed class ScenesText;
