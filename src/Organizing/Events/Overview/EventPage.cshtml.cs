using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Overview;

/// <summary>One event, in the order of the work: prepare, rehearse, run, afterwards.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class EventPage(DeskPageDependencies desk, TallyBoard board, IAuthorizationService authorization, TimeProvider time)
    : EventPageModel(desk)
{
    /// <summary>The event as phones and screens see it, classes out of this account's reach included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public Tally Tally { get; private set; } = null!;

    /// <summary>Whether the account may look through what was signed; observers only where they were given the right to.</summary>
    public bool MayReadNames { get; private set; }

    /// <summary>How many host links are valid.</summary>
    public int HostLinks { get; private set; }

    public bool HomeSigningIsOver => Event.State == EventState.Open && Event.HomeSigningUntil <= time.GetUtcNow();

    public int ExpectedPupils => Public.Classes.Sum(c => c.Expected ?? 0);

    /// <summary>Which step of the work the event is at, from 1.</summary>
    public int Step => Event.State switch
    {
        EventState.Draft => 1,
        EventState.Rehearsal => 2,
        EventState.Open => 3,
        _ => 4,
    };

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Scenes.OrderBy(s => s.Position)).Include(e => e.Campaign);

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
        Public = seen;
        Tally = board.ExactSnapshot(seen);
        MayReadNames = (await authorization.AuthorizeAsync(User, HttpContext, Policies.ReadNames)).Succeeded;
        HostLinks = Event.HostLinksUntil <= time.GetUtcNow()
            ? 0
            : await Db.HostLinks.CountAsync(l => l.EventId == Event.Id && l.RevokedAt == null);
        return Page();
    }
}
