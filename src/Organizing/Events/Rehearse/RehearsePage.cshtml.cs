using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Rehearse;

/// <summary>Starts the rehearsal: says first what it does.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class RehearsePage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer) : EventPageModel(desk)
{
    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Campaign);

    public IActionResult OnGet() => Event.State == EventState.Draft ? Page() : Back("Done.StateChanged");

    public async Task<IActionResult> OnPostAsync()
    {
        if (Event.State != EventState.Draft)
            return Back("Done.StateChanged");
        if (Event.Campaign.ErasedAt is not null)
        {
            ModelState.AddModelError("", localizer["Error.CampaignErased"]);
            return Page();
        }
        Event.Rehearse();
        Db.Audit(AuditAction.RehearsalStarted, Event);
        return Back(await SaveAsync(Event.Revision) ? "Done.Rehearse" : "Done.StateChanged", "rehearse");
    }
}
