using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Audit;

/// <summary>
/// The lines that the audit page's filter asks for, as a file for a spreadsheet: UTF-8 with a byte order mark, and no cell that a
/// spreadsheet would take for a formula. The export is a line of the log itself, written before the first byte is sent.
/// </summary>
[Authorize(Policy = Policies.Administer)]
public sealed class AuditCsvPage(CampaignDb db, AuditWording wording, IStringLocalizer<AuditText> localizer) : PageModel
{
    /// <summary>Read at once; between two readings the store is free for others.</summary>
    private const int BatchSize = 1_000;

    [BindProperty(SupportsGet = true, Name = "")]
    public AuditFilter Filter { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var asked = Filter.Of(db.AuditEntries.AsNoTracking());
        var newest = await asked.Select(a => (long?)a.Sequence).FirstOrDefaultAsync(cancellationToken) ?? 0;
        db.Audit(AuditAction.AuditExported, await asked.CountAsync(a => a.Sequence <= newest, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);

        Response.ContentType = CsvFormat.ContentType;
        Response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        await using var writer = CsvFormat.Writer(Response.Body);
        await WriteAsync(writer, "Line", "At", "Who", "What", "Why", "Event", "Class", "Organization", "Count", "Hash");
        for (var last = newest + 1; ;)
        {
            var lines = await asked.Where(a => a.Sequence < last).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var line in lines)
                await writer.WriteLineAsync(Row(line));
            await writer.FlushAsync(cancellationToken);
            if (lines.Count < BatchSize)
                return new EmptyResult();
            last = lines[^1].Sequence;
        }
    }

    private Task WriteAsync(StreamWriter writer, params IEnumerable<string> columns) =>
        writer.WriteLineAsync(CsvFormat.Row(columns.Select(column => (string?)localizer[$"Col.{column}"])));

    private string Row(AuditEntry line) => CsvFormat.Row(
    [
        Number(line.Sequence),
        TimeZoneInfo.ConvertTime(line.At, TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone))
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        wording.WhoOf(line), wording.WhatOf(line), wording.WhyOf(line), line.EventCode, Number(line.ClassId), line.OrganizationName,
        Number(line.Count), Convert.ToHexStringLower(line.Hash),
    ]);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
