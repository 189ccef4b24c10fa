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
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

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

    /// <summary>Excel takes no longer name of a sheet.</summary>
    private const int MaxSheetName = 31;

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

    private static async Task WriteXlsxAsync(Stream file, IReadOnlyList<TableSection> sections, CancellationToken cancellationToken)
    {
        await using var book = await Spreadsheet.CreateNewAsync(file, cancellationToken: cancellationToken);
        var bold = book.AddStyle(new Style { Font = { Bold = true } });
        foreach (var section in sections)
        {
            var options = new WorksheetOptions { FrozenRows = 1 };
            for (var column = 0; column < section.Columns.Count; column++)
                options.Column(column + 1).Width = column == 0 ? FirstWidth : Width;
            await book.StartWorksheetAsync(section.Heading[..Math.Min(MaxSheetName, section.Heading.Length)], options, cancellationToken);
            await book.AddHeaderRowAsync([.. section.Columns], bold, cancellationToken);
            foreach (var row in section.Rows)
                await book.AddRowAsync([.. row.Select(CellOf)], cancellationToken);
            if (section.Note is { } note)
                await book.AddRowAsync([new Cell(note)], cancellationToken);
        }
        await book.FinishAsync(cancellationToken);
    }

    /// <summary>Whole numbers are numbers, all else is text.</summary>
    private static Cell CellOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new Cell(number) : new Cell(text);
}
