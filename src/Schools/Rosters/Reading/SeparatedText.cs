using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>Text with commas (of half or full width), semicolons or tabs between its columns.</summary>
internal static class SeparatedText
{
    /// <summary>So much of the text tells which separator it has, in UTF-16 units.</summary>
    private const int LookedAt = 64 * 1024;

    public static (IReadOnlyList<Sheet> Sheets, SheetProblem Problem) Read(string text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = SeparatorOf(text).ToString(),
            HasHeaderRecord = false,
            BadDataFound = null,
            IgnoreBlankLines = false,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var rows = new List<SheetRow>();
        while (parser.Read())
        {
            var cells = SheetRows.Trim([.. parser.Record!.Take(Sheet.MaxColumns).Select(CellOf)]);
            if (cells.Length == 0)
                continue;
            if (rows.Count == SheetFile.MaxRows)
                return ([], SheetProblem.TooManyRows);
            rows.Add(new SheetRow(parser.Row, false, cells));
        }
        return rows.Count == 0 ? ([], SheetProblem.Empty) : ([new Sheet("", rows)], SheetProblem.None);
    }

    private static SheetCell CellOf(string text)
    {
        var cell = SheetRows.Text(text.Trim('\t', ' ', '\u00A0'));
        // As a sheet writes a number that is too long for it, into the text that it exports.
        return cell.Text.Contains("E+1", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= SheetRows.RuinedFrom
            ? new SheetCell("", CellKind.Ruined)
            : cell;
    }

    private static char SeparatorOf(string text)
    {
        var (quoted, counts) = (false, new Dictionary<char, int> { [','] = 0, ['，'] = 0, [';'] = 0, ['\t'] = 0 });
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LookedAt)))
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && counts.TryGetValue(c, out var count))
                counts[c] = count + 1;
        return counts.MaxBy(pair => pair.Value).Key;
    }
}
