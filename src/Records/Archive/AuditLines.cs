using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>The lines of the audit log about an event, as text for a spreadsheet, with the hashes of the log's chain.</summary>
public sealed class AuditLines(CampaignDbFactory dbFactory, IStringLocalizer<ArchiveText> words)
{
    private const int LinesAtOnce = 1_000;

    public async Task WriteAsync(Stream to, PublishedEvent e, CancellationToken cancellationToken)
    {
        await using var writer = CsvFormat.Writer(to);
        await writer.WriteLineAsync(CsvFormat.Row(((string[])["Line", "At", "Who", "What", "Action", "Reason", "Count", "Hash"])
            .Select(column => (string?)words[$"Audit.{column}"])));
        var last = 0L;
        for (var read = LinesAtOnce; read == LinesAtOnce;)
        {
            await using var db = dbFactory.Open();
            var lines = await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.Sequence > last)
                .OrderBy(a => a.Sequence).Take(LinesAtOnce).ToListAsync(cancellationToken);
            foreach (var line in lines)
                await writer.WriteLineAsync(Row(line, e));
            read = lines.Count;
            last = read > 0 ? lines[^1].Sequence : last;
        }
    }

    private string Row(AuditEntry line, PublishedEvent e) => CsvFormat.Row(
    [
        Number(line.Sequence), e.Local(line.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        line.AccountName ?? (line.HostLinkId is { } link ? words["Audit.HostLink", link] : words["Audit.Program"]),
        words[$"Group.{line.Action.Group()}"], $"{line.Action}", line.Reason?.ToString(), Number(line.Count),
        Convert.ToHexStringLower(line.Hash),
    ]);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
