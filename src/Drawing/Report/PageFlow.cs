using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Report;

/// <summary>Upright A4 pages that are filled from the top; what has no room on a page begins the next one. Lengths in points.</summary>
public abstract class PageFlow
{
    private protected const float Left = 48;
    private protected const float Width = PdfPage.A4Width - 2 * Left;
    private protected const float Top = 48;
    private protected const float Bottom = PdfPage.A4Height - 54;

    private protected static readonly SKColor Ink = new(0x12, 0x26, 0x3a);
    private protected static readonly SKColor SoftInk = new(0x46, 0x60, 0x6d);
    private protected static readonly SKColor Line = new(0xc9, 0xd6, 0xdb);

    private readonly List<List<Action<SKCanvas>>> pages = [[]];

    private protected PageFlow()
    {
    }

    /// <summary>Where the next thing begins on the page.</summary>
    private protected float Y { get; set; } = Top;

    /// <summary>The pages, to be drawn in any order.</summary>
    /// <param name="page">"第{0}页，共{1}页", at the foot of each.</param>
    private protected IReadOnlyList<PdfPage> Numbered(Func<int, int, string> page) =>
    [
        .. pages.Select((items, index) => PdfPage.A4(canvas =>
        {
            foreach (var draw in items)
                draw(canvas);
            Draw(canvas, Fit(page(index + 1, pages.Count), Fonts.Regular, Width, 9), SoftInk, Left, Bottom + 18);
        })),
    ];

    /// <summary>Begins a page where so much has no room.</summary>
    private protected void Room(float height)
    {
        if (Y + height <= Bottom || pages[^1].Count == 0)
            return;
        pages.Add([]);
        Y = Top;
    }

    /// <summary>Draws on the page that has been reached.</summary>
    private protected void Add(Action<SKCanvas> draw) => pages[^1].Add(draw);

    private protected void Add(TextBlock block, SKColor colour, float after = 0)
    {
        Room(block.Height);
        var top = Y;
        Add(canvas => Draw(canvas, block, colour, Left, top));
        Y += block.Height + after;
    }

    private protected static TextBlock Fit(string text, Fonts fonts, float width, float size) =>
        TextBlock.Fit(text, fonts, width, float.PositiveInfinity, size);

    private protected static void Draw(SKCanvas canvas, TextBlock block, SKColor colour, float x, float y)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        block.DrawFrom(canvas, x, y, paint);
    }

    private protected static void Fill(SKCanvas canvas, float x, float y, float width, float height, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        canvas.DrawRect(x, y, width, height, paint);
    }
}
