using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>The scenes as fields of a form, and what they say in further languages.</summary>
public sealed partial class EventScenesPage
{
    public sealed record SceneForm
    {
        /// <summary>0 for a scene that has not been saved yet.</summary>
        public int Id { get; init; }

        /// <summary>The <see cref="SceneDescriptor.Name"/> of its kind.</summary>
        public string? Kind { get; init; }

        /// <summary>The <see cref="FingerprintOf"/> of the stored scene when the form was shown; empty for a scene that is new.</summary>
        public string? Seen { get; init; }
        public string? Title { get; init; }
        public string? Notes { get; init; }

        /// <summary>Empty where nothing is planned.</summary>
        public string? PlannedMinutes { get; init; }

        /// <summary>What it says in further languages.</summary>
        public List<SceneTranslationForm> Translations { get; init; } = [];

        /// <summary>Its fields are shown, not its line alone.</summary>
        public bool IsUnfolded { get; init; }

        /// <summary>What stands in the fields of its settings, by their names.</summary>
        [BindNever]
        public IReadOnlyDictionary<string, StringValues> Settings { get; init; } = new Dictionary<string, StringValues>();
    }

    /// <summary>What the scene at a place says in further languages, as parts of the form.</summary>
    public IEnumerable<SceneInLanguage> TranslationsOf(int place)
    {
        var scene = Scenes[place];
        var kind = KindOf(scene);
        foreach (var (at, form) in scene.Translations.Index())
        {
            var field = FieldOf(place, at);
            yield return new SceneInLanguage(field, languages.All.First(l => l.Tag == form.Language), form, scene,
                [.. SceneTranslationForm.TextsOf(kind).Select(setting => (
                    new SettingField(setting, $"{field}.{nameof(form.Settings)}.{setting.Name}", form.Settings[setting.Name],
                        TextsOf(kind), ModelState, Stored: null, Event.Code),
                    (string?)scene.Settings[setting.Name]))]);
        }
    }

    private static string FieldOf(int place, int language) => $"{FieldOf(place)}.{nameof(SceneForm.Translations)}[{language}]";

    private List<SceneTranslationForm> SentTranslations(int place, SceneForm scene) =>
    [
        .. languages.OneOfEach(scene.Translations.Index(), sent => sent.Item.Language).Select(sent => sent.Item with
        {
            Settings = SceneTranslationForm.TextsOf(KindOf(scene)).ToDictionary(setting => setting.Name,
                setting => Request.Form[$"{FieldOf(place, sent.Index)}.{nameof(sent.Item.Settings)}.{setting.Name}"]),
        }),
    ];

    private void ReadTranslations(int place, Scene scene)
    {
        var kind = kinds[scene.Kind];
        foreach (var (at, form) in Scenes[place].Translations.Index())
            scene.Translate(form.Read(
                Reader(localizer, FieldOf(place, at), "SceneIn"),
                Reader(localizer, $"{FieldOf(place, at)}.{nameof(form.Settings)}", nameof(form.Settings), TextsOf(kind)),
                kind, scene.Settings, scene.Translations.FirstOrDefault(t => t.Language == form.Language)));
    }
}
