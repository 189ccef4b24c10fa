using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Host;

/// <summary>
/// The host's page, for a phone. Every button is a form of its own that sets a state of the stage; the answer is the
/// whole state. A script sends the same forms without leaving the page and asks every second.
/// </summary>
[Authorize(Policy = Policies.Host)]
public sealed class HostPage(
    PublishedEvents events, PublishedStages stages, StageReader reader, StageConductor conductor, NameGate gate, ScreenRegistry screens,
    ShownToHosts shownToHosts, CampaignDbFactory dbFactory,
    PublicAddress address, TimeProvider time, ClockCheck clock, IStringLocalizer<HostText> localizer) : PageModel
{
    /// <summary>Names shown at once for approval, and approved in one act.</summary>
    private const int NamesAtOnce = 24;

    public PublishedEvent Event { get; private set; } = null!;

    public Tally Tally { get; private set; } = null!;

    /// <summary>The stage as the screens have it.</summary>
    public StageScene Stage { get; private set; } = null!;

    public Rundown Rundown { get; private set; } = null!;

    /// <summary>Where in the rundown the stage is.</summary>
    public Cue Here { get; private set; } = null!;

    /// <summary>Since when that scene is on, in milliseconds since 1970; null until a host has brought one on.</summary>
    public long? SceneSince { get; private set; }

    /// <summary>What the host says or must not forget; may be empty.</summary>
    public string Notes { get; private set; } = "";

    public IReadOnlyList<MaskedName> NamesWaiting { get; private set; } = [];

    public IReadOnlyList<MaskedName> NamesShown { get; private set; } = [];

    /// <summary>What the screens report of themselves.</summary>
    public IReadOnlyList<ScreenStatus> Screens { get; private set; } = [];

    public bool MoreNamesWait { get; private set; }

    public string StageAddress => address.StagePage(Event.Code);

    /// <summary>The state to show; home signing runs out by the clock.</summary>
    public EventState State => Event.StateAt(clock.Now);

    /// <summary>Nobody can sign now: neither in earnest nor in the rehearsal.</summary>
    public bool IsSigningOff => State is EventState.Draft or EventState.Closed;

    /// <summary>
    /// The key of the words that say why the host cannot open signing: no contact is named in the rules on children's data, or the event
    /// is archived. Null where the host can, or where there is nothing to open.
    /// </summary>
    public string? OpeningObstacle => !IsSigningOff ? null
        : !Event.Rules[0].Settings.HasContact ? "Open.NoContact"
        : Event.IsArchived ? "Open.Archived"
        : null;

    /// <summary>The host's next act is to let everybody sign, not to go on.</summary>
    public bool SignsNext => Rundown.DescriptorOf(Here.Scene).SignsNext(Here.Step, Rundown.StepsOf(Here.Scene), State);

    /// <summary>
    /// What the host must know before asking people to scan, in words: that nobody can sign yet, or no longer. Null where the scene does
    /// not ask, or where they can.
    /// </summary>
    public string? SigningNote => (State, Rundown.DescriptorOf(Here.Scene).AsksToSign, Here.Scene.Kind) switch
    {
        (EventState.Closed, true, _) => GraceNote() ?? localizer["SigningNote.Closed"].Value,
        // Before that the template's own notes say it.
        (EventState.Draft, _, SceneKind.Signing) => localizer["SigningNote.Draft"].Value,
        _ => null,
    };

    /// <summary>What everybody reads aloud now.</summary>
    public string? Line => Rundown.DescriptorOf(Here.Scene).LineAt(Event, Here.Scene, Here.Step);

    /// <summary>What is wrong with a screen, in words; null while all is well. One that is lost cannot be anything else.</summary>
    public string? TroubleOf(ScreenStatus screen) => screen switch
    {
        { LostSince: { } since } => localizer["Screens.Lost", screen.Number, Clock(Stage.Now - since.ToUnixTimeMilliseconds())].Value,
        { IsBehind: true } => localizer["Screens.Behind", screen.Number].Value,
        { SoundBlocked: true } => localizer["Screens.Silent", screen.Number].Value,
        { MaySleep: true } => localizer["Screens.MaySleep", screen.Number].Value,
        _ => null,
    };

    public string ClassOf(MaskedName name) => Event.ClassOf(name.ClassId)?.LocalizedName() ?? "";

    /// <summary>Milliseconds as 1:05.</summary>
    public static string Clock(long milliseconds) => $"{Math.Max(0, milliseconds) / 60_000}:{Math.Max(0, milliseconds) / 1000 % 60:00}";

    /// <summary>That signing has ended, and until when phones are still taken that had the page open before; null where none are.</summary>
    private string? GraceNote()
    {
        var now = clock.Now;
        if (Event.GraceUntil(now) is not { } grace)
            return null;
        var until = Event.Local(grace);
        return localizer[until.Date == Event.Local(now).Date ? "SigningNote.Grace" : "SigningNote.Grace.Day", until].Value;
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-store";
        if (await events.FindAsync((string?)RouteData.Values["code"]) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Event = found;
        await LoadAsync();
        await next();
    }

    /// <summary>Who hosts, for the audit log.</summary>
    private AuditActor By => HostAccess.ActorOf(HttpContext);

    /// <summary>The whole state, for an open page.</summary>
    public IActionResult OnGetNow() => Partial("HostNow", this);

    public Task<IActionResult> OnPostShowAsync(int scene, int step) => ActAsync(conductor.ShowAsync(Event.Id, scene, step, By));

    /// <param name="on">Whether it runs from now on.</param>
    /// <param name="sound">Turns the sound on as well.</param>
    public Task<IActionResult> OnPostRunAsync(bool on, bool sound) => ActAsync(RunAsync(on, sound));

    /// <param name="ms">Where in the film; with <paramref name="since"/>, the moment at which it would have begun, so far
    /// from where it is.</param>
    public Task<IActionResult> OnPostSeekAsync(long ms, long? since) =>
        ActAsync(conductor.SeekAsync(Event.Id, since is { } began ? time.GetUtcNow().ToUnixTimeMilliseconds() - began + ms : ms, By));

    public Task<IActionResult> OnPostSoundAsync(bool on, int? volume) =>
        ActAsync(conductor.SoundAsync(Event.Id, on, volume ?? Stage.Volume, By));

    public Task<IActionResult> OnPostBlankAsync(bool on) => ActAsync(conductor.BlankAsync(Event.Id, on, By));

    public Task<IActionResult> OnPostLargeCodeAsync(bool on) => ActAsync(conductor.ShowLargeCodeAsync(Event.Id, on, By));

    public Task<IActionResult> OnPostHoldAsync(bool on) => ActAsync(conductor.HoldAsync(Event.Id, on, By));

    public Task<IActionResult> OnPostSignNowAsync() => ActAsync(conductor.SignNowAsync(Event.Id, By));

    public Task<IActionResult> OnPostOpenAsync() => ActAsync(conductor.OpenAsync(Event.Id, By));

    public Task<IActionResult> OnPostCloseAsync() => ActAsync(conductor.CloseAsync(Event.Id, By));

    public Task<IActionResult> OnPostNamesAsync(long[] name, bool approve) => ActAsync(DecideAsync(name, approve));

    private async Task<bool> RunAsync(bool on, bool sound) =>
        (!sound || await conductor.SoundAsync(Event.Id, true, Stage.Volume, By)) && await conductor.RunAsync(Event.Id, on, By);

    private async Task<bool> DecideAsync(IReadOnlyCollection<long> names, bool approve)
    {
        await gate.DecideAsync(Event, names, approve, By);
        return await conductor.NamesChangedAsync(Event.Id);
    }

    /// <summary>
    /// Answers a script with the whole state, a form with the page anew. Of an act that was not done the script is told the reason alone,
    /// by 409; the page says it above its content.
    /// </summary>
    private async Task<IActionResult> ActAsync(Task<bool> act)
    {
        var done = await act;
        var isScript = Request.Headers.XRequestedWith.Count > 0;
        if (!done && isScript)
            return new ContentResult
            {
                StatusCode = StatusCodes.Status409Conflict,
                ContentType = "text/plain; charset=utf-8",
                Content = localizer["NotDone"],
            };
        if (done && ModelState.IsValid && !isScript)
            return RedirectToPage(new { Event.Code });
        if (!done)
            ModelState.AddModelError("", localizer["NotDone"]);
        Event = (await events.FindAsync(Event.Id))!;
        await LoadAsync();
        return isScript ? Partial("HostNow", this) : Page();
    }

    private async Task LoadAsync()
    {
        var now = await reader.NowAsync(Event);
        (Tally, Stage, Rundown) = (now.Tally, now.Scene, reader.RundownOf(Event.Localized()));
        Here = new Cue(Rundown.Find(Stage.SceneId)!, Stage.Step);
        var state = await stages.FindAsync(Event.Id);
        SceneSince = state.SceneId == Stage.SceneId ? state.SceneSince?.ToUnixTimeMilliseconds() : null;
        var waiting = await gate.WaitingAsync(Event, NamesAtOnce + 1);
        (NamesWaiting, MoreNamesWait) = ([.. waiting.Take(NamesAtOnce)], waiting.Count > NamesAtOnce);
        NamesShown = await gate.ShownAsync(Event, Stage.Version);
        await shownToHosts.NoteAsync(Event.Id, By, [.. NamesWaiting.Concat(NamesShown).Select(name => name.Sequence)]);
        Screens = screens.Of(Event.Id, Stage.Version);
        await using var db = dbFactory.Open();
        var scene = await db.Set<Scene>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == Stage.SceneId);
        Notes = scene?.NotesIn(CultureInfo.CurrentUICulture, State == EventState.Closed) ?? "";
    }
}
