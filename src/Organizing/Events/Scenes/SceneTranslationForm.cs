using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>What a scene says in one further language, as it is typed; whatever is left empty is read in the original.</summary>
public sealed record SceneTranslationForm
{
    /// <summary>The tag of a language of the program.</summary>
    public string? Language { get; init; }

    public string? Title { get; init; }

    public string? Notes { get; init; }

    /// <summary>What stands in the fields of the texts among its settings, by their names.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, StringValues> Settings { get; init; } = new Dictionary<string, StringValues>();

    public bool IsEmpty => string.IsNullOrWhiteSpace(Title + Notes) && Settings.Values.All(typed => string.IsNullOrWhiteSpace(typed));

    /// <summary>The settings of a kind of scene that are texts.</summary>
    public static IEnumerable<SceneSetting> TextsOf(SceneDescriptor kind) =>
        kind.Settings.Where(setting => setting is LineSetting or LinesSetting);

    public static SceneTranslationForm Of(SceneDescriptor kind, InterfaceLanguage language, SceneTranslation? known) => new()
    {
        Language = language.Tag,
        Title = known?.Title,
        Notes = known?.Notes,
        Settings = TextsOf(kind).ToDictionary(setting => setting.Name, setting => known is null ? StringValues.Empty
            : (StringValues)SettingsForm.Write(setting, known.Words).ToString().TrimEnd('\n')),
    };

    /// <summary>The translation that was typed; what does not fit has been said at its field.</summary>
    /// <param name="read">Of this part of the form.</param>
    /// <param name="readSettings">Of the settings in it.</param>
    /// <param name="kind">Of the scene.</param>
    /// <param name="original">The settings as they were typed beside it.</param>
    /// <param name="before">What the scene says in the language so far: its cards are written on a page of their own.</param>
    public SceneTranslation Read(
        FormReader read, FormReader readSettings, SceneDescriptor kind, SceneSettings original, SceneTranslation? before) => new()
        {
            Language = Language!,
            Title = read.Line(nameof(Title), Title, Scene.TitleMaxLength, required: false),
            Notes = read.Text(nameof(Notes), Notes, Scene.NotesMaxLength),
            Words = TextsOf(kind).Aggregate(SceneSettings.Usual with { Cards = before?.Words.Cards ?? [] }, (words, setting) =>
                SettingsForm.ReadBeside(setting, Settings.GetValueOrDefault(setting.Name), readSettings, original, words)),
        };
}
