using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Overview;

/// <summary>The steps of the work, in their order; the number is what the page shows.</summary>
public enum EventStep
{
    Prepare = 1,
    Rehearse = 2,
    Run = 3,
    Afterwards = 4,
}

/// <summary>One event: the step that it is at in full, the others a line each.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class EventPage(DeskPageDependencies desk, TallyBoard board, IAuthorizationService authorization, ClockCheck clock)
    : EventPageModel(desk)
{
    /// <summary>Up to so many classes all are shown at once; more are folded, a line for each school.</summary>
    private const int MaxClassesUnfolded = 8;

    /// <summary>The event as phones and screens see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public Tally Tally { get; private set; } = null!;

    /// <summary>What it still lacks.</summary>
    public EventGaps Gaps { get; private set; } = null!;

    /// <summary>Whether the account may look through what was signed; observers only where they were given the right to.</summary>
    public bool MayReadNames { get; private set; }

    /// <summary>How many host links are valid.</summary>
    public int HostLinks { get; private set; }

    public bool HomeSigningIsOver => Event.State == EventState.Open && Event.HomeSigningUntil <= clock.Now;

    /// <inheritdoc cref="CampaignEvent.IsOpenAfterEnd"/>
    public bool IsOpenAfterEnd => CampaignEvent.IsOpenAfterEnd(Event.State, Event.EndsAt, Event.HomeSigningUntil, clock.Now);

    /// <inheritdoc cref="CampaignEvent.WasMissed"/>
    public bool WasMissed => Event.ArchivedAt is null && CampaignEvent.WasMissed(Event.State, Event.EndsAt, Zone, clock.Now);

    /// <summary>People come in and sign, and all of it is for practice.</summary>
    public bool RehearsesTooLong => Gaps.Missing.Any(missing => missing.Gap == ReadinessGap.Rehearsal);

    public int? ExpectedPupils => ClassGroup.Together([.. Public.Classes.Select(c => c.Expected)]);

    public bool UnfoldsClasses => Public.Classes.Count <= MaxClassesUnfolded;

    /// <summary>Classes stand on the page once: with their counts, once they have any that count.</summary>
    public bool CountsByClass => Event.State is EventState.Open or EventState.Closed;

    /// <summary>Which step of the work the event is at.</summary>
    public EventStep Step => Event.State switch
    {
        EventState.Draft => EventStep.Prepare,
        EventState.Rehearsal => EventStep.Rehearse,
        EventState.Open => EventStep.Run,
        _ => EventStep.Afterwards,
    };

    /// <summary>The step that the event is at, then the others in their order.</summary>
    public IEnumerable<EventStep> Steps => Enum.GetValues<EventStep>().OrderBy(step => step != Step);

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Scenes.OrderBy(s => s.Position)).Include(e => e.Campaign);

    public string ClassOf(EventStep step) => step == Step ? "panel step here" : step < Step ? "panel step line past" : "panel step line";

    /// <summary>The counts for the open page, with those of small classes, which the public tally leaves out.</summary>
    public async Task<IActionResult> OnGetTallyAsync()
    {
        if (await Published.FindAsync(Event.Id) is not { } seen)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(board.ExactSnapshot(seen));
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Published.FindAsync(Event.Id) is not { } seen)
            return NotFound();
        var now = clock.Now;
        Public = seen.Localized();
        Tally = board.ExactSnapshot(seen);
        Gaps = Event.Campaign.ErasedAt is null ? EventGaps.Of(seen, Event.CampaignId, now) : EventGaps.None;
        MayReadNames = (await authorization.AuthorizeAsync(User, HttpContext, Policies.ReadNames)).Succeeded;
        HostLinks = Event.HostLinksUntil <= now
            ? 0
            : await Db.HostLinks.CountAsync(l => l.EventId == Event.Id && l.RevokedAt == null);
        return Page();
    }
}
