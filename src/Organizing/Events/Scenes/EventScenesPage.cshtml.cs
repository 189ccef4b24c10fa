using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Events.Cards;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>
/// The parts of the event in their order. Adding, moving and removing change the form alone; only saving changes the
/// event, so that a screen never shows a half-made order and cancelling undoes everything.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed partial class EventScenesPage(
    DeskPageDependencies desk, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers,
    IStringLocalizer<EventsText> localizer, InterfaceLanguages languages)
    : EventPageModel(desk)
{
    [BindProperty]
    public List<SceneForm> Scenes { get; set; } = [];

    /// <summary>The kind of the scene to add, by its <see cref="SceneDescriptor.Name"/>.</summary>
    [BindProperty]
    public string? Kind { get; set; }

    public IEnumerable<SceneDescriptor> Kinds => kinds.All;

    /// <summary>The form differs from what is stored.</summary>
    public bool Unsaved { get; private set; }

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Scenes.OrderBy(s => s.Position));

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!Scenes.TrueForAll(scene => kinds.Find(scene.Kind) is not null))
        {
            context.Result = BadRequest(); // no form of ours
            return Task.CompletedTask;
        }
        Scenes = [.. Scenes.Select((scene, place) => scene with
        {
            Settings = KindOf(scene).Settings.ToDictionary(setting => setting.Name, setting => Request.Form[FieldOf(place, setting)]),
            Translations = SentTranslations(place, scene),
        })];
        return base.OnPageHandlerExecutionAsync(context, next);
    }

    public SceneDescriptor KindOf(SceneForm scene) => kinds.Find(scene.Kind)!;

    /// <summary>The texts of a kind of scene.</summary>
    public IStringLocalizer TextsOf(SceneDescriptor kind) => localizers.Create(kind.ResourceType);

    /// <summary>The name of a scene's part among the form's fields.</summary>
    public static string FieldOf(int place) => $"{nameof(Scenes)}[{place}]";

    /// <summary>The settings of the scene at a place, as fields of the form.</summary>
    public IEnumerable<SettingField> FieldsOf(int place)
    {
        var scene = Scenes[place];
        var kind = KindOf(scene);
        return kind.Settings.Select(setting => new SettingField(
            setting, FieldOf(place, setting), scene.Settings[setting.Name], TextsOf(kind), ModelState, StoredOf(scene), Event.Code));
    }

    /// <summary>Whether the scene at a place shows its fields: as it was left, and always where something is wrong in them.</summary>
    public bool Unfolds(int place) => Scenes[place].IsUnfolded
        || ModelState.FindKeysWithPrefix(FieldOf(place)).Any(field => field.Value?.Errors.Count > 0);

    public void OnGet()
    {
        SeenRevision = Event.Revision;
        SeenScenes = IdsOf(Event.Scenes);
        Scenes = [.. Event.Scenes.Select(FormOf)];
    }

    public void OnPostMove(int from, int to)
    {
        if (from < 0 || from >= Scenes.Count)
            return;
        var scene = Scenes[from];
        Scenes.RemoveAt(from);
        Scenes.Insert(Math.Clamp(to, 0, Scenes.Count), scene);
        Rearranged();
    }

    public void OnPostRemove(int at)
    {
        if (at >= 0 && at < Scenes.Count)
            Scenes.RemoveAt(at);
        Rearranged();
    }

    public IActionResult OnPostAdd()
    {
        if (kinds.Find(Kind) is not { } kind)
            return BadRequest();
        Scenes.Add(FormOf(kind, SceneSettings.Usual) with { Title = TextsOf(kind)["NewTitle"], IsUnfolded = true });
        Rearranged();
        RefuseTooMany();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        RefuseTooMany();
        var scenes = new List<Scene>();
        for (var i = 0; i < Scenes.Count; i++)
            scenes.Add(Read(i));
        if (!ModelState.IsValid || !await LeavesStageAsync(scenes))
            return Page();
        Event.Arrange(scenes);
        await CardPictures.RemoveUnusedAsync(Db, Event);
        Db.Audit(AuditAction.ScenesArranged, Event, count: scenes.Count);
        if (!await SaveAsync(SeenRevision))
            return await ShowMeanwhileAsync();
        return Back(movesStage ? "Done.Scenes.Stage" : "Done.Scenes", "prepare");
    }

    private Scene Read(int place)
    {
        var form = Scenes[place];
        var read = Reader(localizer, FieldOf(place), "Scenes");
        var title = read.Line(nameof(form.Title), form.Title, Scene.TitleMaxLength);
        var notes = read.Text(nameof(form.Notes), form.Notes, Scene.NotesMaxLength);
        // One that somebody else has removed meanwhile is refused by the revision; told so, saving again brings it back.
        var scene = StoredOf(form) ?? new Scene(KindOf(form).Kind, title);
        var kind = kinds[scene.Kind];
        var minutes = string.IsNullOrWhiteSpace(form.PlannedMinutes) ? 0
            : read.Number(nameof(form.PlannedMinutes), form.PlannedMinutes, 1, SceneSettings.MaxPlannedMinutes);
        var fields = Reader(localizer, $"{FieldOf(place)}.{nameof(form.Settings)}", nameof(form.Settings), TextsOf(kind));
        scene.Edit(title, notes, kind.Settings.Aggregate(scene.Settings with { PlannedMinutes = minutes }, (settings, setting) =>
            SettingsForm.Read(setting, form.Settings.GetValueOrDefault(setting.Name), fields, settings)));
        ReadTranslations(place, scene);
        return scene;
    }

    private SceneForm FormOf(Scene stored) => FormOf(kinds[stored.Kind], stored.Settings, stored) with
    {
        Id = stored.Id,
        Seen = FingerprintOf(stored),
        Title = stored.Title,
        Notes = stored.Notes,
    };

    private SceneForm FormOf(SceneDescriptor kind, SceneSettings settings, Scene? stored = null) => new()
    {
        Kind = kind.Name,
        PlannedMinutes = settings.PlannedMinutes == 0 ? "" : settings.PlannedMinutes.ToString(CultureInfo.InvariantCulture),
        Settings = kind.Settings.ToDictionary(setting => setting.Name, setting => SettingsForm.Write(setting, settings)),
        Translations = [.. languages.OfferedFor(Event.Title, stored?.Translations ?? []).Select(language =>
            SceneTranslationForm.Of(kind, language, stored?.Translations.FirstOrDefault(t => t.Language == language.Tag)))],
    };

    private static string FieldOf(int place, SceneSetting setting) => $"{FieldOf(place)}.{nameof(SceneForm.Settings)}.{setting.Name}";

    private Scene? StoredOf(SceneForm form) => Event.Scenes.Find(s => s.Id == form.Id && form.Id != 0);

    private void RefuseTooMany()
    {
        if (Scenes.Count > CampaignEvent.MaxScenes)
            ModelState.AddModelError("", localizer["Error.TooManyScenes", CampaignEvent.MaxScenes]);
    }

    /// <summary>The fields' numbers have changed: what is shown comes from the list, not from the names that were sent.</summary>
    private void Rearranged()
    {
        ModelState.Clear();
        Unsaved = true;
    }
}
