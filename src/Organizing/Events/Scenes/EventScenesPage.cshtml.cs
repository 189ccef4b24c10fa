using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>
/// The parts of the event in their order. Adding, moving and removing change the form alone; only saving changes the
/// event, so that a screen never shows a half-made order and cancelling undoes everything.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class EventScenesPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer) : EventPageModel(desk)
{
    public sealed record SceneForm
    {
        /// <summary>0 for a scene that has not been saved yet.</summary>
        public int Id { get; init; }
        public SceneKind Kind { get; init; }
        public string? Title { get; init; }
        public string? Notes { get; init; }
        public SettingsForm Settings { get; init; } = new();
    }

    [BindProperty]
    public List<SceneForm> Scenes { get; set; } = [];

    /// <summary>The kind of the scene to add.</summary>
    [BindProperty]
    public SceneKind Kind { get; set; }

    /// <summary>The form differs from what is stored.</summary>
    public bool Unsaved { get; private set; }

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Scenes.OrderBy(s => s.Position));

    public void OnGet()
    {
        SeenRevision = Event.Revision;
        Scenes = [.. Event.Scenes.Select(s => new SceneForm { Id = s.Id, Kind = s.Kind, Title = s.Title, Notes = s.Notes, Settings = SettingsForm.Of(s.Settings) })];
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

    public void OnPostAdd()
    {
        Scenes.Add(new SceneForm
        {
            Kind = Kind, Title = localizer.GetString($"NewScene.{Kind}"), Settings = SettingsForm.Of(SceneSettings.Usual),
        });
        Rearranged();
        RefuseTooMany();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        RefuseTooMany();
        var scenes = new List<Scene>();
        for (var i = 0; i < Scenes.Count; i++)
            scenes.Add(Read(i));
        if (!ModelState.IsValid)
            return Page();
        Event.Arrange(scenes);
        return await SaveAsync(SeenRevision) ? Back("Done.Scenes", "prepare") : await OvertakenAsync();
    }

    private Scene Read(int place)
    {
        var form = Scenes[place];
        var read = Reader(localizer, $"{nameof(Scenes)}[{place}]", "Scenes");
        var title = read.Line(nameof(form.Title), form.Title, Scene.TitleMaxLength);
        var notes = read.Text(nameof(form.Notes), form.Notes, Scene.NotesMaxLength);
        var settings = Reader(localizer, $"{nameof(Scenes)}[{place}].{nameof(form.Settings)}", "Scenes");
        // One that somebody else has removed meanwhile is refused by the revision; told so, saving again brings it back.
        var scene = Event.Scenes.Find(s => s.Id == form.Id && form.Id != 0) ?? new Scene(form.Kind, title);
        scene.Edit(title, notes, form.Settings.Read(settings, scene.Kind, scene.Settings));
        return scene;
    }

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
