namespace SafetyCampaign.Campaigns;

/// <summary>
/// One thing that an organizer settles for a scene: a field of the form, its limits, and where in
/// <see cref="SceneSettings"/> it is kept. The desk has one view for each type of setting, none for a kind of scene.
/// </summary>
/// <param name="Name">Names the field in the form and its label among the scene's texts; ASCII letters.</param>
public abstract record SceneSetting(string Name);

/// <summary>One line of text, which may be left empty.</summary>
/// <param name="Name">See <see cref="SceneSetting"/>.</param>
/// <param name="MaxLength">In UTF-16 units.</param>
/// <param name="Get">Takes the line out of the settings.</param>
/// <param name="Set">Gives settings with another line.</param>
public sealed record LineSetting(string Name, int MaxLength,
    Func<SceneSettings, string> Get, Func<SceneSettings, string, SceneSettings> Set) : SceneSetting(Name);

/// <summary>Several lines of text, which may be left empty.</summary>
/// <param name="Name">See <see cref="SceneSetting"/>.</param>
/// <param name="MaxLength">Of each line, in UTF-16 units.</param>
/// <param name="MaxLines">Empty lines do not count.</param>
/// <param name="Get">Takes the lines out of the settings.</param>
/// <param name="Set">Gives settings with other lines.</param>
public sealed record LinesSetting(string Name, int MaxLength, int MaxLines,
    Func<SceneSettings, IReadOnlyList<string>> Get, Func<SceneSettings, IReadOnlyList<string>, SceneSettings> Set) : SceneSetting(Name)
{
    /// <summary>The field takes the form's whole width.</summary>
    public bool IsWide { get; init; }
}

/// <summary>A whole number between two others.</summary>
/// <param name="Name">See <see cref="SceneSetting"/>.</param>
/// <param name="Min">The least that is taken.</param>
/// <param name="Max">The most that is taken.</param>
/// <param name="Get">Takes the number out of the settings.</param>
/// <param name="Set">Gives settings with another number.</param>
public sealed record NumberSetting(string Name, int Min, int Max,
    Func<SceneSettings, int> Get, Func<SceneSettings, int, SceneSettings> Set) : SceneSetting(Name);

/// <summary>The cards of a lecture. They are ordered and written on pages of their own; the form names them and leaves them as they are.</summary>
public sealed record CardsSetting() : SceneSetting(nameof(SceneSettings.Cards));

/// <summary>A film. It is uploaded on a page of its own; the form shows where it stands and leaves it as it is.</summary>
public sealed record FilmSetting() : SceneSetting(nameof(SceneSettings.Film));
