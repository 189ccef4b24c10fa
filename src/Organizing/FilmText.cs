namespace SafetyCampaign.Organizing;

/// <summary>The words of the desk's page about a scene's film.</summary>
public sealed class FilmText;
