using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event as a PDF.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportFilePage(
    DeskPageDependencies desk, ReportWriter writer, IStringLocalizer<ReportText> words, InterfaceLanguages languages, TimeProvider time)
    : EventPageModel(desk)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        var e = (await Published.FindAsync(Event.Id, cancellationToken))!;
        var report = await writer.WriteAsync(e, cancellationToken);
        Db.Audit(AuditAction.ReportExported, Event);
        await Db.SaveChangesAsync(cancellationToken);
        var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties($"{report.Kind} · {e.Title}", languages.Current.Tag, time.GetUtcNow(), e.Organization),
            ReportDrawing.PagesOf(report, (page, pages) => words["Page", page, pages]));
        file.Position = 0;
        return File(file, "application/pdf", $"{e.Code}-report.pdf");
    }
}
