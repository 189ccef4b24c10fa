namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an organizer says of a scene in a further language of <see cref="InterfaceLanguages"/>. What it leaves out is read as the
/// organizer wrote it first. The lengths are those of the scene's own texts.
/// </summary>
public sealed record SceneTranslation : ITranslation
{
    /// <inheritdoc/>
    public required string Language { get; init; }

    /// <summary>Empty where there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Of the host; empty where there are none.</summary>
    public string Notes { get; init; } = "";

    /// <summary>
    /// The texts among the settings: a line for each line that it translates, an empty one for none, and cards by their keys. Nothing
    /// else of the settings is read from here.
    /// </summary>
    public SceneSettings Words { get; init; } = SceneSettings.Usual;

    /// <summary>It says nothing.</summary>
    public bool IsEmpty => Title == "" && Notes == "" && !Words.HasWords;
}
