namespace SafetyCampaign.Organizing;

/// <summary>The words on the poster and on the page that prints it.</summary>
public sealed class PosterText;
