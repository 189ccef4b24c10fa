namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the welcome.</summary>
public sealed class WelcomeText;
