using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace SafetyCampaign.Records.Lists;

/// <summary>Writes a list as a workbook, row by row: a list of a million rows needs no more memory than one of ten.</summary>
internal static class XlsxList
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const double NotesWidth = 80;

    public static async Task WriteAsync(Stream to, ListTable list, string notesSheet, CancellationToken cancellationToken)
    {
        await using var book = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancellationToken);
        var bold = book.AddStyle(new Style { Font = { Bold = true } });
        var moment = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") });

        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var column = 0; column < list.Columns.Count; column++)
            options.Column(column + 1).Width = list.Columns[column].Width;
        await book.StartWorksheetAsync(list.Sheet, options, cancellationToken);
        await book.AddHeaderRowAsync(list.Columns.Select(column => column.Title).ToArray(), bold, cancellationToken);
        var cells = new Cell[list.Columns.Count];
        await foreach (var row in list.Rows.WithCancellation(cancellationToken))
        {
            for (var column = 0; column < cells.Length; column++)
                cells[column] = Of(row[column], moment);
            await book.AddRowAsync(cells, cancellationToken);
        }

        var notes = new WorksheetOptions();
        notes.Column(1).Width = NotesWidth;
        await book.StartWorksheetAsync(notesSheet, notes, cancellationToken);
        foreach (var note in list.Notes)
            await book.AddRowAsync([new Cell(note)], cancellationToken);
        await book.FinishAsync(cancellationToken);
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
