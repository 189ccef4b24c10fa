using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>The class's sheets to print, for its teacher.</summary>
public sealed class ClassSheetsPdfPage(ClassPageDependencies dependencies, SheetPrinting printing, TimeProvider time)
    : ClassLinkPageModel(dependencies)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (Event is null)
            return Redirect(Address("/sheets"));
        var sheets = await printing.PrintAsync(Event, Link.ClassId, PaperActor.Of(Link), HttpContext.RequestAborted);
        return sheets.Count == 0 ? NotFound() : SheetPdf.Send(sheets, Event, time.GetUtcNow(), Response);
    }
}

/// <summary>The sheets of a class to print, for an organizer.</summary>
public sealed class EventClassSheetsPdfPage(DeskPageDependencies desk, SheetPrinting printing, TimeProvider time)
    : EventClassPageModel(desk)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var sheets = await printing.PrintAsync(
            Public, ClassId, PaperActor.Of(User, holdsGuardianConsent: false), HttpContext.RequestAborted);
        return sheets.Count == 0 ? NotFound() : SheetPdf.Send(sheets, Public, time.GetUtcNow(), Response);
    }
}

internal static class SheetPdf
{
    public static IEnumerable<PdfPage> PagesOf(IEnumerable<ClassSheet> sheets) =>
        sheets.Select(sheet => PdfPage.A4(canvas => ClassSheetDrawing.Draw(canvas, sheet)));

    /// <summary>Shown in the browser, which prints it.</summary>
    public static FileContentResult Send(IReadOnlyList<ClassSheet> sheets, PublishedEvent e, DateTimeOffset now, HttpResponse response)
    {
        using var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties(sheets[0].Title, CultureInfo.CurrentUICulture.Name, now, e.Organization),
            [.. PagesOf(sheets)]);
        response.Headers.ContentDisposition = $"inline; filename={e.Code}-sheets.pdf";
        return new FileContentResult(file.ToArray(), "application/pdf");
    }
}
