using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Rehearse;

/// <summary>Starts the rehearsal, and ends it without opening signing: says first what that does.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class RehearsePage(
    DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TallyBoard board, PledgeLedger ledger) : EventPageModel(desk)
{
    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Campaign);

    public bool IsOn => Event.State == EventState.Rehearsal;

    public int Rehearsed => board.Rehearsed(Event.Id);

    public IActionResult OnGet() => Event.State is EventState.Draft or EventState.Rehearsal ? Page() : Back("Done.StateChanged");

    public async Task<IActionResult> OnPostAsync()
    {
        if (IsOn)
            return Redirect(DeskRoutes.Event(Event.Code) + "#rehearse");
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

    /// <summary>It stays public, as the rehearsal made it: posters may hang already.</summary>
    public async Task<IActionResult> OnPostEndAsync()
    {
        if (!IsOn)
            return Event.State == EventState.Draft ? Redirect(DeskRoutes.Event(Event.Code)) : Back("Done.StateChanged");
        Event.EndRehearsal();
        Event.Publish();
        Db.Audit(AuditAction.EventEdited, Event).Detail = AuditEntry.RehearsalEnded;
        // The state first: from then on the ledger stores no practice signature, so none can be stored after the wiping.
        if (!await SaveAsync(Event.Revision))
            return Back("Done.StateChanged");
        try
        {
            await ledger.WipeRehearsalAsync(Event.Id, User.AccountId(), AuditLine(AuditAction.RehearsalWiped));
            return Back("Done.RehearsalEnded");
        }
        catch (LedgerUnavailableException)
        {
            return Back("Done.RehearsalNotWiped"); // opening signing wipes them
        }
    }
}
