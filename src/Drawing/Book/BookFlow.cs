using SkiaSharp;

namespace SafetyCampaign.Drawing.Book;

/// <summary>Text that runs over pages: what does not fit on one begins the next.</summary>
internal sealed class BookFlow(float left, float top, float width, float bottom)
{
    private const float NumberWidth = 22;

    private readonly List<List<(TextBlock Block, float X, float Y, SKColor Colour)>> pages = [[]];
    private readonly List<Piece> kept = [];
    private readonly float first = top;
    private float y = top;

    public IReadOnlyList<Action<SKCanvas>> Pages => [.. pages.Select(page => (Action<SKCanvas>)(canvas => Draw(canvas, page)))];

    /// <param name="before">Room above it, in points.</param>
    /// <param name="number">Hangs in the margin.</param>
    /// <param name="keepsNext">A heading, which does not stand at the foot of a page alone.</param>
    public void Add(string text, Fonts fonts, float size, SKColor colour, float before, string? number = null, bool keepsNext = false)
    {
        var indent = number is null ? 0 : NumberWidth;
        var block = TextBlock.Fit(text, fonts, width - indent, float.PositiveInfinity, size);
        var hanging = number is null ? null : TextBlock.Fit(number, Fonts.SemiBold, NumberWidth, float.PositiveInfinity, size);
        kept.Add(new Piece(block, hanging, indent, before, colour));
        if (keepsNext)
            return;
        if (y + kept.Sum(piece => piece.Before + piece.Block.Height) > bottom && pages[^1].Count > 0)
        {
            pages.Add([]);
            y = first;
        }
        foreach (var piece in kept)
            Place(piece);
        kept.Clear();
    }

    private void Place(Piece piece)
    {
        y += pages[^1].Count > 0 ? piece.Before : 0;
        if (piece.Number is { } number)
            pages[^1].Add((number, left, y, Water.Clear));
        pages[^1].Add((piece.Block, left + piece.Indent, y, piece.Colour));
        y += piece.Block.Height;
    }

    private static void Draw(SKCanvas canvas, List<(TextBlock Block, float X, float Y, SKColor Colour)> page)
    {
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (block, x, y, colour) in page)
        {
            paint.Color = colour;
            block.DrawFrom(canvas, x, y, paint);
        }
    }

    private sealed record Piece(TextBlock Block, TextBlock? Number, float Indent, float Before, SKColor Colour);
}
