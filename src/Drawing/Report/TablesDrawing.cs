using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Report;

/// <summary>Lays tables with cells of whole sentences on upright A4 pages.</summary>
public sealed class TablesDrawing : PageFlow
{
    private const float Gap = 10;
    private const float Size = 10;

    private TablesDrawing()
    {
    }

    /// <summary>The pages, to be drawn in any order.</summary>
    /// <param name="title">On the first page.</param>
    /// <param name="below">Below it: whose, of when.</param>
    /// <param name="sections">In their order.</param>
    /// <param name="page">"第{0}页，共{1}页".</param>
    public static IReadOnlyList<PdfPage> PagesOf(
        string title, string below, IReadOnlyList<TableSection> sections, Func<int, int, string> page)
    {
        var drawing = new TablesDrawing();
        drawing.Add(Fit(title, Fonts.SemiBold, Width, 24), Water.Deep, 4);
        drawing.Add(Fit(below, Fonts.Regular, Width, 11), SoftInk, 8);
        foreach (var section in sections)
            drawing.Lay(section);
        return drawing.Numbered(page);
    }

    private void Lay(TableSection section)
    {
        var heading = Fit(section.Heading, Fonts.SemiBold, Width, 14);
        Room(heading.Height + 70); // not alone at the foot of a page
        Y += Y > Top ? 16 : 0;
        Add(heading, Water.Deep, 4);
        AddRow(section.Columns, Fonts.SemiBold);
        foreach (var row in section.Rows)
            AddRow(row, Fonts.Regular, section.Columns);
        if (section.Note is { } note)
        {
            Y += 4;
            Add(Fit(note, Fonts.Regular, Width, 9.5f), SoftInk, 0);
        }
    }

    private void AddRow(IReadOnlyList<string> cells, Fonts fonts, IReadOnlyList<string>? heads = null)
    {
        var widths = WidthsOf(cells.Count);
        var blocks = cells.Select((cell, i) => Fit(cell, fonts, widths[i] - Gap, Size)).ToList();
        var height = blocks.Max(block => block.Height) + 8;
        if (Y + height > Bottom && heads is not null)
        {
            Room(height);
            AddRow(heads, Fonts.SemiBold);
        }
        var top = Y;
        Add(canvas =>
        {
            for (var (i, x) = (0, Left); i < blocks.Count; x += widths[i++])
                Draw(canvas, blocks[i], Ink, x, top + 4);
            using var paint = new SKPaint { Color = Line };
            canvas.DrawRect(Left, top + height - 0.5f, Width, 0.5f, paint);
        });
        Y += height;
    }

    /// <summary>Two columns: a short one and a long; of more, the first is the widest.</summary>
    private static float[] WidthsOf(int columns) => columns == 2
        ? [Width * 0.1f, Width * 0.9f]
        : [Width * 0.4f, .. Enumerable.Repeat(Width * 0.6f / (columns - 1), columns - 1)];
}
