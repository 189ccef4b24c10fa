using System.Text;

namespace SafetyCampaign.Desk;

/// <summary>Text files for spreadsheets: RFC 4180, UTF-8 with the byte order mark by which Excel reads Chinese.</summary>
public static class CsvFormat
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Leaves the stream open.</summary>
    public static StreamWriter Writer(Stream to) =>
        new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };

    /// <summary>
    /// A line, every cell quoted. What a spreadsheet would take for the beginning of a formula (also in full width, as input methods
    /// write it) gets an apostrophe before it.
    /// </summary>
    public static string Row(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(string? text)
    {
        var isFormula = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
        return $"\"{(isFormula ? "'" : "")}{text?.Replace("\"", "\"\"")}\"";
    }
}
