using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Close;

/// <summary>Closes signing, after asking.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class CloseSigningPage(DeskPageDependencies desk, TallyBoard board, ClockCheck clock) : EventPageModel(desk)
{
    public int People { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Event.State != EventState.Open)
            return AsItIs();
        if (await Published.FindAsync(Event.Id) is { } seen)
            People = board.Snapshot(seen).People;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Event.State != EventState.Open)
            return AsItIs();
        Event.Close(clock.Now);
        Db.Audit(AuditAction.SigningClosed, Event);
        return Back(await SaveAsync(Event.Revision) ? "Done.Close" : "Done.StateChanged", "run");
    }

    /// <summary>Closed already, by whoever it was, or not to be closed.</summary>
    private RedirectResult AsItIs() =>
        Event.State == EventState.Closed ? Redirect(DeskRoutes.Event(Event.Code) + "#run") : Back("Done.StateChanged", "run");
}
