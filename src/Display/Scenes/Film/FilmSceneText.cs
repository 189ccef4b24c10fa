namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of a film that has not begun, and of its buttons.</summary>
public sealed class FilmSceneText;
