using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event as a PDF.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportFilePage(DeskPageDependencies desk, ReportPdf pdf) : EventPageModel(desk)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        var file = new MemoryStream();
        await pdf.WriteAsync(file, (await Published.FindAsync(Event.Id, cancellationToken))!.Localized(), cancellationToken);
        Db.Audit(AuditAction.ReportExported, Event);
        await Db.SaveChangesAsync(cancellationToken);
        file.Position = 0;
        return File(file, "application/pdf", $"{Event.Code}-report.pdf");
    }
}
