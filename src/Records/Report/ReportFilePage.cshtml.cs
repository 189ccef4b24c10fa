using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event as a file, in the format that its address ends with.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportFilePage(DeskPageDependencies desk, ReportPdf pdf, ReportDocx docx) : EventPageModel(desk)
{
    private const string Pdf = "pdf";
    private const string Docx = "docx";

    /// <summary>What the address ends with.</summary>
    [BindProperty(SupportsGet = true)]
    public string Format { get; set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (Format is not (Pdf or Docx))
            return NotFound();
        var cancellationToken = HttpContext.RequestAborted;
        var e = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        var file = new MemoryStream();
        await (Format == Pdf ? pdf.WriteAsync(file, e, cancellationToken) : docx.WriteAsync(file, e, cancellationToken));
        Db.Audit(AuditAction.ReportExported, Event).Detail = Format;
        await Db.SaveChangesAsync(cancellationToken);
        file.Position = 0;
        return File(file, Format == Pdf ? "application/pdf" : ReportDocx.ContentType, $"{Event.Code}-report.{Format}");
    }
}
