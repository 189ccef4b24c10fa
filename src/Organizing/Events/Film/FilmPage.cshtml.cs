using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Films;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Film;

/// <summary>The film of a scene: uploaded here, or chosen on the day on the machine at the projector.</summary>
[Authorize(Policy = Policies.Organize)]
[StreamsItsForm, IgnoreAntiforgeryToken]
public sealed class FilmPage(
    DeskPageDependencies desk, FilmStore filmStore, SceneRegistry<SceneDescriptor> kinds, IAntiforgery antiforgery,
    IStringLocalizer<FilmText> localizer)
    : EventPageModel(desk)
{
    /// <summary>The scene's id.</summary>
    [FromRoute(Name = "scene")]
    public int SceneId { get; set; }

    public Scene Scene { get; private set; } = null!;

    public long MaxMegabytes => filmStore.MaxMegabytes;

    /// <summary>Why nothing was kept.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The kept film's size in megabytes; null while there is no film.</summary>
    public long? Megabytes => filmStore.Find(Scene.Settings.Film) is { } file ? FilmStore.Megabytes(file) : null;

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Scenes);

    protected override Task<bool> TryLoadAsync()
    {
        Scene = Event.Scenes.Find(s => s.Id == SceneId && kinds[s.Kind].Settings.OfType<FilmSetting>().Any())!;
        return Task.FromResult(Scene is not null);
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = new StreamedForm(HttpContext, antiforgery);
        if (!await form.IsOursAsync())
            return BadRequest();
        if (await form.OpenFileAsync() is not { } film)
            return Refuse("None", StatusCodes.Status400BadRequest);
        var (arrival, name) = await filmStore.KeepAsync(film, Request.ContentLength, HttpContext.RequestAborted);
        return arrival switch
        {
            FilmArrival.Kept => await SettleAsync(settings => settings with { Film = name!, FilmOnLaptop = false },
                AuditAction.FilmUploaded, "Done.Kept"),
            FilmArrival.NotAFilm => Refuse("NotAFilm", StatusCodes.Status415UnsupportedMediaType),
            FilmArrival.TooSlow => Refuse("TooSlow", StatusCodes.Status408RequestTimeout),
            FilmArrival.TooLarge => Refuse("TooLarge", StatusCodes.Status413PayloadTooLarge),
            _ => Refuse("NoRoom", StatusCodes.Status507InsufficientStorage),
        };
    }

    /// <summary>The film will be chosen at the projector.</summary>
    public Task<IActionResult> OnPostLaptopAsync() =>
        ChangeAsync(settings => settings with { Film = "", FilmOnLaptop = true }, AuditAction.FilmLeftToProjector, "Done.Laptop");

    public Task<IActionResult> OnPostRemoveAsync() =>
        ChangeAsync(settings => settings with { Film = "", FilmOnLaptop = false }, AuditAction.FilmRemoved, "Done.Removed");

    private async Task<IActionResult> ChangeAsync(Func<SceneSettings, SceneSettings> change, AuditAction action, string done)
    {
        return await antiforgery.IsRequestValidAsync(HttpContext) ? await SettleAsync(change, action, done) : BadRequest();
    }

    /// <summary>A film takes minutes to arrive, so the scene is read anew: somebody may have worked on it meanwhile.</summary>
    private async Task<IActionResult> SettleAsync(Func<SceneSettings, SceneSettings> change, AuditAction action, string done)
    {
        Db.Audit(action, Event);
        do
        {
            await Db.Entry(Event).ReloadAsync();
            await Db.Entry(Scene).ReloadAsync();
            if (Db.Entry(Scene).State == EntityState.Detached)
                return NotFound();
            Scene.Edit(Scene.Title, Scene.Notes, change(Scene.Settings));
        }
        while (!await SaveAsync(Event.Revision));
        Done = done;
        return RedirectToPage(new { Code = Event.Code, scene = SceneId });
    }

    private PageResult Refuse(string why, int status)
    {
        Refusal = localizer[$"Refused.{why}", MaxMegabytes];
        Response.StatusCode = status;
        return Page();
    }
}
