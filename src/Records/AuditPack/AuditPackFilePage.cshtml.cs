using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.AuditPack;

/// <summary>The yearly audit pack as a workbook or as a PDF.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class AuditPackFilePage(
    DeskPageDependencies desk, AuditPackReader reader, IStringLocalizer<AuditPackText> words, InterfaceLanguages languages,
    TimeProvider time) : DeskPageModel(desk)
{
    private const string Pdf = "pdf";
    private const string Xlsx = "xlsx";
    private const double FirstWidth = 40;
    private const double Width = 30;

    /// <summary>What the address ends with.</summary>
    [BindProperty(SupportsGet = true)]
    public string Format { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(string? year)
    {
        if (Format is not (Pdf or Xlsx))
            return NotFound();
        var cancellationToken = HttpContext.RequestAborted;
        var of = AuditPackPage.YearOf(year, time.GetUtcNow().DayIn(CampaignEvent.DefaultZone));
        var sections = await reader.ReadAsync(of, cancellationToken);
        Db.Audit(AuditAction.AuditPackExported).Detail = of.ToString(CultureInfo.InvariantCulture);
        await Db.SaveChangesAsync(cancellationToken);
        var file = new MemoryStream();
        if (Format == Pdf)
            await WritePdfAsync(file, of, sections, cancellationToken);
        else
            await WriteXlsxAsync(file, sections, cancellationToken);
        file.Position = 0;
        return File(file, Format == Pdf ? "application/pdf" : XlsxList.ContentType, $"audit-pack-{of}.{Format}");
    }

    private async Task WritePdfAsync(Stream file, int year, IReadOnlyList<TableSection> sections, CancellationToken cancellationToken)
    {
        var scope = Db.AccessScope.Path;
        var organization = await Db.Organizations.Where(o => o.Path == scope).Select(o => o.Name).SingleOrDefaultAsync(cancellationToken);
        var title = words["Title", year].Value;
        var now = time.GetUtcNow();
        PdfDocument.Write(file, new PdfProperties(title, languages.Current.Tag, now, organization ?? ""), TablesDrawing.PagesOf(
            title, words["Below", organization ?? "", now.DayIn(CampaignEvent.DefaultZone)], sections,
            (page, pages) => words["Page", page, pages]));
    }

    private static Task WriteXlsxAsync(Stream file, IReadOnlyList<TableSection> sections, CancellationToken cancellationToken) =>
        XlsxList.WriteAsync(file, sections.Select(section => new ListTable(
            section.Heading, [.. section.Columns.Select((title, at) => new ListColumn(title, at == 0 ? FirstWidth : Width))],
            section.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(ValueOf)]).ToAsyncEnumerable(),
            section.Note is { } note ? [note] : [])), cancellationToken);

    /// <summary>Whole numbers are numbers, all else is text.</summary>
    private static object ValueOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;
}
