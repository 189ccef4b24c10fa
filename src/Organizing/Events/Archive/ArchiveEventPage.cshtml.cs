using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Archive;

/// <summary>Takes an event out of the lists, and puts it back. Whatever else can be done with it goes on.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class ArchiveEventPage(DeskPageDependencies desk, TimeProvider time) : EventPageModel(desk)
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Event.MayBeArchived)
            return Page(); // which says why
        if (Event.ArchivedAt is null)
        {
            Event.Archive(time.GetUtcNow());
            Db.Audit(AuditAction.EventArchived, Event);
            if (!await SaveAsync(Event.Revision))
                return Back("Done.StateChanged");
        }
        return Back("Done.Archive");
    }

    public async Task<IActionResult> OnPostRestoreAsync()
    {
        if (Event.ArchivedAt is not null)
        {
            Event.Restore();
            Db.Audit(AuditAction.EventRestored, Event);
            if (!await SaveAsync(Event.Revision))
                return Back("Done.StateChanged");
        }
        return Back("Done.Restore");
    }
}
