namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of CPR practice; what they state is in domain-facts 5, after the source they name.</summary>
public sealed class CprText;
