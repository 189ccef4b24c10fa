using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SafetyCampaign.Records.Report;

/// <summary>Paragraphs and tables of a document, upright A4.</summary>
internal static class DocxParts
{
    /// <summary>Stand in a sentence in place of the number of the page, and of how many there are.</summary>
    public const string PageNumber = "\u0001";
    public const string PageCount = "\u0002";

    /// <summary>Between the margins, in twentieths of a point.</summary>
    public const int Width = PageWidth - 2 * Margin;

    private const int PageWidth = 11_906;
    private const int PageHeight = 16_838;
    private const int Margin = 964; // 17 mm
    private const int FootMargin = 454;
    private const string LineColour = "C9D6DB";

    public static Paragraph Text(string text, string? style = null)
    {
        var paragraph = new Paragraph(new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        if (style is not null)
            paragraph.ParagraphProperties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        return paragraph;
    }

    public static Paragraph Heading(string text) => Text(text, DocxStyles.Heading);

    /// <summary>Caption and value, a line each.</summary>
    public static Table Pairs(IReadOnlyList<(string Caption, string Value)> pairs)
    {
        const int caption = 1_800;
        return Table([caption, Width - caption], isRuled: false,
            pairs.Select(pair => new TableRow(Cell(Text(pair.Caption, DocxStyles.Small)), Cell(Text(pair.Value)))));
    }

    /// <summary>Large numbers, each above its caption.</summary>
    public static Table Figures(IReadOnlyList<(string Caption, string Value)> figures) => Table(
        [.. figures.Select(_ => Width / figures.Count)], isRuled: false,
        [new TableRow(figures.Select(figure => Cell(Large(figure.Value), Text(figure.Caption, DocxStyles.Small))))]);

    /// <summary>The first column is a name, the others are numbers.</summary>
    /// <param name="columns">The heads; null for none. They are repeated on every page.</param>
    /// <param name="rows">A cell for each column.</param>
    public static Table Numbers(IReadOnlyList<string>? columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var count = rows[0].Count;
        var number = Math.Min(1_200, Width * 6 / 10 / (count - 1));
        var table = rows.Select(row => new TableRow(row.Select((cell, at) => Cell(at == 0 ? Text(cell) : AtEnd(cell, isBold: false)))));
        if (columns is not null)
            table = table.Prepend(new TableRow(
            [
                new TableRowProperties(new CantSplit(), new TableHeader()),
                .. columns.Select((cell, at) => Cell(at == 0 ? Bold(cell) : AtEnd(cell, isBold: true))),
            ]));
        return Table([Width - number * (count - 1), .. Enumerable.Repeat(number, count - 1)], isRuled: true, table);
    }

    /// <summary>"第{0}页，共{1}页", with the numbers counted by whoever shows the document.</summary>
    public static Paragraph PageLine(string sentence)
    {
        var line = new Paragraph(new ParagraphProperties(
            new ParagraphStyleId { Val = DocxStyles.Small }, new Justification { Val = JustificationValues.Center }));
        var from = 0;
        for (var i = 0; i <= sentence.Length; i++)
        {
            if (i < sentence.Length && sentence[i] != PageNumber[0] && sentence[i] != PageCount[0])
                continue;
            line.Append(new Run(new Text(sentence[from..i]) { Space = SpaceProcessingModeValues.Preserve }));
            if (i < sentence.Length)
                line.Append(new SimpleField(new Run(new Text("1"))) { Instruction = sentence[i] == PageNumber[0] ? "PAGE" : "NUMPAGES" });
            from = i + 1;
        }
        return line;
    }

    /// <summary>Stands last in the body.</summary>
    /// <param name="foot">The id of the part at the foot of each page.</param>
    public static SectionProperties Page(string foot) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = foot },
        new PageSize { Width = PageWidth, Height = PageHeight },
        new PageMargin
        {
            Top = Margin,
            Bottom = Margin,
            Left = Margin,
            Right = Margin,
            Header = FootMargin,
            Footer = FootMargin,
            Gutter = 0,
        });

    private static Table Table(IReadOnlyList<int> widths, bool isRuled, IEnumerable<TableRow> rows)
    {
        var table = new Table(new TableProperties(
            new TableWidth { Width = $"{widths.Sum()}", Type = TableWidthUnitValues.Dxa },
            new TableBorders(
                new BottomBorder { Val = isRuled ? BorderValues.Single : BorderValues.None, Size = 4, Color = LineColour },
                new InsideHorizontalBorder { Val = isRuled ? BorderValues.Single : BorderValues.None, Size = 4, Color = LineColour }),
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableCellMarginDefault(
                new TableCellLeftMargin { Width = 40, Type = TableWidthValues.Dxa },
                new TableCellRightMargin { Width = 40, Type = TableWidthValues.Dxa })));
        table.Append(new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })));
        foreach (var row in rows)
        {
            foreach (var (cell, width) in row.Elements<TableCell>().Zip(widths))
                cell.PrependChild(new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa }));
            table.Append(row);
        }
        return table;
    }

    private static TableCell Cell(params Paragraph[] paragraphs) => new(paragraphs);

    private static Paragraph Bold(string text) => new(BoldRun(text));

    private static Paragraph AtEnd(string text, bool isBold) => new(
        new ParagraphProperties(new Justification { Val = JustificationValues.End }), isBold ? BoldRun(text) : new Run(new Text(text)));

    private static Paragraph Large(string text) => new(
        new ParagraphProperties(new SpacingBetweenLines { After = "0" }),
        new Run(new RunProperties(new Bold(), new FontSize { Val = "40" }), new Text(text)));

    private static Run BoldRun(string text) => new(new RunProperties(new Bold()), new Text(text));
}
