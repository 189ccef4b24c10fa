namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of CPR practice; what they state is in docs/domain.md 5, after the source they name.</summary>
public sealed class CprText;
