using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Publish;

/// <summary>Lets everybody who has the code read a draft, so that its poster can be hung; says first what is seen.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class PublishPage(DeskPageDependencies desk) : EventPageModel(desk)
{
    public IActionResult OnGet() => Event.IsPublic ? Redirect(DeskRoutes.Event(Event.Code)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Event.IsPublic)
            return Redirect(DeskRoutes.Event(Event.Code));
        Event.Publish();
        Db.Audit(AuditAction.EventPublished, Event);
        return Back(await SaveAsync(Event.Revision) ? "Done.Publish" : "Done.StateChanged");
    }
}
