using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>The sheets of an .xls or .xlsx file.</summary>
internal static class ExcelSheets
{
    /// <summary>After so many empty rows nothing comes: a sheet may have a million that are formatted only.</summary>
    private const int MaxEmptyRows = 2_000;

    /// <summary>Old .xls files name a code page, or none; this one is of Chinese versions of Windows.</summary>
    private static readonly Encoding Gb18030;

    /// <summary>The reader asks for code pages as soon as its configuration is made.</summary>
    static ExcelSheets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Gb18030 = Encoding.GetEncoding("GB18030");
    }

    public static (IReadOnlyList<Sheet> Sheets, SheetProblem Problem) Read(byte[] file)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file), new() { FallbackEncoding = Gb18030 });
            return Read(reader);
        }
        catch (InvalidPasswordException)
        {
            return ([], SheetProblem.Encrypted);
        }
    }

    private static (IReadOnlyList<Sheet>, SheetProblem) Read(IExcelDataReader reader)
    {
        var (sheets, left) = (new List<Sheet>(), SheetFile.MaxRows);
        do
        {
            // A sheet that its school has hidden is one that it works with, such as the list behind a drop-down.
            if (reader.VisibleState != "visible")
                continue;
            var rows = ReadRows(reader, left + 1);
            left -= rows.Count;
            if (left < 0)
                return ([], SheetProblem.TooManyRows);
            if (rows.Count > 0)
                sheets.Add(new Sheet(reader.Name, rows));
        }
        while (reader.NextResult());
        return (sheets, sheets.Count == 0 ? SheetProblem.Empty : SheetProblem.None);
    }

    private static List<SheetRow> ReadRows(IExcelDataReader reader, int max)
    {
        var rows = new List<SheetRow>();
        var merged = (reader.MergeCells ?? []).Where(range => range.ToRow > range.FromRow && range.FromColumn < Sheet.MaxColumns)
            .GroupBy(range => range.FromRow).ToDictionary(ranges => ranges.Key, ranges => ranges.ToList());
        var filling = new List<(int To, int Column, SheetCell Cell)>();
        var empty = 0;
        for (var index = 0; reader.Read() && rows.Count < max && empty < MaxEmptyRows; index++)
        {
            var cells = new SheetCell[Sheet.MaxColumns];
            Array.Fill(cells, SheetCell.Empty);
            for (var column = 0; column < Math.Min(reader.FieldCount, Sheet.MaxColumns); column++)
                cells[column] = CellOf(reader.GetValue(column));
            filling.RemoveAll(fill => fill.To < index);
            var isEmpty = cells.All(cell => cell.IsEmpty);
            foreach (var fill in filling)
                cells[fill.Column] = fill.Cell;
            foreach (var range in merged.GetValueOrDefault(index, []))
                filling.Add((range.ToRow, range.FromColumn, cells[range.FromColumn]));
            empty = isEmpty ? empty + 1 : 0;
            if (!isEmpty)
                rows.Add(new SheetRow(index + 1, reader.RowHeight == 0, SheetRows.Trim(cells)));
        }
        return rows;
    }

    private static SheetCell CellOf(object? value) => value switch
    {
        null => SheetCell.Empty,
        double number => OfNumber(number),
        DateTime date => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellKind.Date),
        _ => SheetRows.Text(Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim()),
    };

    private static SheetCell OfNumber(double number) => Math.Abs(number) >= SheetRows.RuinedFrom
        ? new("", CellKind.Ruined)
        : new(number.ToString("0.##########", CultureInfo.InvariantCulture), CellKind.Number);
}
