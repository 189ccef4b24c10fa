namespace SafetyCampaign.Display;

/// <summary>The words on the stage around a film.</summary>
public sealed class FilmSceneText;
