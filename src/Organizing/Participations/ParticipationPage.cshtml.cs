using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Participations;

/// <summary>
/// An event that another organization holds with classes of this account's schools: the public facts and the numbers of these classes.
/// No names, no other school, nothing to change.
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class ParticipationPage(ParticipationReader participations, CampaignDb db) : PageModel
{
    public Participation Participation { get; private set; } = null!;

    public PublishedEvent Event => Participation.Event;

    /// <summary>Numbers mean something once people can sign.</summary>
    public bool ShowsCounts => Event.State != EventState.Draft;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!EventCode.TryParse(code, out var known))
            return NotFound();
        // An own event has a page that says more.
        if (await db.Events.AnyAsync(e => e.Code == known, HttpContext.RequestAborted))
            return Redirect(DeskRoutes.Event(known));
        if (await participations.FindAsync(known, db.AccessScope, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        Participation = found;
        return Page();
    }
}
