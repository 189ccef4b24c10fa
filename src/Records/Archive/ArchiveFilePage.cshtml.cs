using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>The archive package that was made last; where none lies ready, to the page that has it made.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class ArchiveFilePage(
    DeskPageDependencies desk, PreparedFiles files, SealedRequests requests, InterfaceLanguages languages)
    : EventPageModel(desk)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        var made = files.Find(new FileWanted(PreparedKind.Archive, Event.Id, languages.Current.Tag));
        if (made?.Open() is not { } file)
            return Redirect(DeskRoutes.Archive(Event.Code));
        Db.Audit(AuditAction.ArchiveExported, Event, AuditReason.Archive, await requests.CountAsync(Event.Id, cancellationToken)).Detail =
            made.Label;
        await Db.SaveChangesAsync(cancellationToken); // on disk before the file is sent: no names without a line of the audit log
        return File(file, "application/zip", $"{Event.Code}-archive.zip");
    }
}
