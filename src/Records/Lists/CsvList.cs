using System.Globalization;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Records.Lists;

/// <summary>Writes a list as text, row by row.</summary>
internal static class CsvList
{
    public static async Task WriteAsync(Stream to, ListTable list, CancellationToken cancellationToken)
    {
        await using var writer = CsvFormat.Writer(to);
        await writer.WriteLineAsync(CsvFormat.Row(list.Columns.Select(column => column.Title)));
        await foreach (var row in list.Rows.WithCancellation(cancellationToken))
            await writer.WriteLineAsync(CsvFormat.Row(row.Select(Text)));
    }

    private static string? Text(object? value) => value switch
    {
        DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string?)value,
    };
}
