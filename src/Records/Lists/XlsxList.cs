using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace SafetyCampaign.Records.Lists;

/// <summary>Writes lists as a workbook, row by row: a list of a million rows needs no more memory than one of ten.</summary>
internal static class XlsxList
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const double NotesWidth = 80;

    /// <summary>Excel takes no longer name of a sheet.</summary>
    private const int MaxSheetName = 31;

    /// <summary>A list, and what it is on a sheet of its own.</summary>
    public static async Task WriteAsync(Stream to, ListTable list, string notesSheet, CancellationToken cancellationToken)
    {
        await using var book = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancellationToken);
        await AddAsync(book, list, StylesOf(book), cancellationToken);
        var notes = new WorksheetOptions();
        notes.Column(1).Width = NotesWidth;
        await book.StartWorksheetAsync(notesSheet, notes, cancellationToken);
        await AddNotesAsync(book, list, cancellationToken);
        await book.FinishAsync(cancellationToken);
    }

    /// <summary>Several lists, each on its sheet with its notes below.</summary>
    public static async Task WriteAsync(Stream to, IEnumerable<ListTable> lists, CancellationToken cancellationToken)
    {
        await using var book = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancellationToken);
        var styles = StylesOf(book);
        foreach (var list in lists)
        {
            await AddAsync(book, list, styles, cancellationToken);
            await AddNotesAsync(book, list, cancellationToken);
        }
        await book.FinishAsync(cancellationToken);
    }

    private static (StyleId Bold, StyleId Moment) StylesOf(Spreadsheet book) =>
        (book.AddStyle(new Style { Font = { Bold = true } }),
            book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") }));

    private static async Task AddAsync(
        Spreadsheet book, ListTable list, (StyleId Bold, StyleId Moment) styles, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var column = 0; column < list.Columns.Count; column++)
            options.Column(column + 1).Width = list.Columns[column].Width;
        await book.StartWorksheetAsync(list.Sheet[..Math.Min(MaxSheetName, list.Sheet.Length)], options, cancellationToken);
        await book.AddHeaderRowAsync(list.Columns.Select(column => column.Title).ToArray(), styles.Bold, cancellationToken);
        var cells = new Cell[list.Columns.Count];
        await foreach (var row in list.Rows.WithCancellation(cancellationToken))
        {
            for (var column = 0; column < cells.Length; column++)
                cells[column] = Of(row[column], styles.Moment);
            await book.AddRowAsync(cells, cancellationToken);
        }
    }

    private static async Task AddNotesAsync(Spreadsheet book, ListTable list, CancellationToken cancellationToken)
    {
        foreach (var note in list.Notes)
            await book.AddRowAsync([new Cell(note)], cancellationToken);
    }

    /// <summary>Text is written as text, so that no spreadsheet takes it for a formula or a number.</summary>
    private static Cell Of(object? value, StyleId moment) => value switch
    {
        null => new Cell((string?)null),
        int number => new Cell(number),
        DateTime at => new Cell(at, moment),
        _ => new Cell((string)value),
    };
}
