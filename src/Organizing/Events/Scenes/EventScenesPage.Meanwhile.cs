using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>What somebody else has done to a scene since the form was shown.</summary>
public enum SceneChange
{
    Added,
    Changed,
    Removed,
}

/// <summary>What becomes of a form that somebody else has overtaken.</summary>
public sealed partial class EventScenesPage
{
    /// <summary>The ids of the scenes that were stored when the form was shown: any other was never removed here.</summary>
    [BindProperty]
    public string? SeenScenes { get; set; }

    /// <summary>What somebody else has done meanwhile, by the places of the form.</summary>
    public IReadOnlyList<(SceneChange Change, string Title, int Place)> Meanwhile { get; private set; } = [];

    private static string IdsOf(IEnumerable<Scene> scenes) =>
        string.Join(',', scenes.Select(scene => scene.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>
    /// The form as it was sent, with the scenes that somebody else has added meanwhile after those they follow; and what else they did,
    /// which saving again overwrites.
    /// </summary>
    private async Task<IActionResult> ShowMeanwhileAsync()
    {
        ModelState.Clear(); // the fields' numbers change
        var stored = await Db.Events.AsNoTracking().Where(e => e.Id == Event.Id)
            .SelectMany(e => e.Scenes).OrderBy(scene => scene.Position).ToListAsync();
        var seen = (SeenScenes ?? "").Split(',').ToHashSet(StringComparer.Ordinal);
        var changes = new Dictionary<int, SceneChange>();
        Scene? before = null;
        foreach (var scene in stored)
        {
            var place = Scenes.FindIndex(form => form.Id == scene.Id);
            if (place < 0 && !seen.Contains(scene.Id.ToString(CultureInfo.InvariantCulture)))
            {
                Scenes.Insert(before is null ? 0 : Scenes.FindIndex(form => form.Id == before.Id) + 1, FormOf(scene));
                changes[scene.Id] = SceneChange.Added;
                before = scene;
            }
            else if (place >= 0)
            {
                if (Scenes[place].Seen is { Length: > 0 } then && then != FingerprintOf(scene))
                    changes[scene.Id] = SceneChange.Changed;
                Scenes[place] = Scenes[place] with { Seen = FingerprintOf(scene) };
                before = scene;
            }
        }
        foreach (var gone in Scenes.Where(form => form.Id != 0 && !stored.Exists(scene => scene.Id == form.Id)))
            changes[gone.Id] = SceneChange.Removed;
        Meanwhile = [.. Scenes.Index().Where(form => form.Item.Id != 0 && changes.ContainsKey(form.Item.Id))
            .Select(form => (changes[form.Item.Id], form.Item.Title ?? "", form.Index))];
        SeenScenes = IdsOf(stored);
        Event.Arrange(stored); // for the fields that lead to pages of a stored scene; nothing is saved any more
        return await OvertakenAsync();
    }

    /// <summary>Tells one content of a scene from another, as far as this form holds it.</summary>
    private string FingerprintOf(Scene scene)
    {
        var kind = kinds[scene.Kind];
        var form = FormOf(kind, scene.Settings, scene);
        var content = string.Join('\n',
        [
            scene.Title, scene.Notes, form.PlannedMinutes, .. form.Settings.Values.Select(value => value.ToString()),
            .. from language in languages.All
               let words = SceneTranslationForm.Of(kind, language, scene.Translations.FirstOrDefault(t => t.Language == language.Tag))
               from text in new[] { words.Title, words.Notes }.Concat(words.Settings.Values.Select(value => value.ToString()))
               select text,
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));
    }
}
