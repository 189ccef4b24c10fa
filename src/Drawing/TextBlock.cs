using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>Lines of text in one size, ready to be drawn.</summary>
public sealed class TextBlock
{
    /// <summary>From one baseline to the next, in em.</summary>
    internal const float LineHeight = 1.4f;

    private readonly IReadOnlyList<ShapedLine> lines;

    internal TextBlock(IReadOnlyList<ShapedLine> lines, float size) => (this.lines, Size) = (lines, size);

    /// <summary>Of the letters.</summary>
    public float Size { get; }

    public float Height => lines.Count * LineHeight * Size;

    public float Width => lines.Max(line => line.Width) * Size;

    /// <summary>A text that is fitted once, see <see cref="Paragraph"/>.</summary>
    public static TextBlock Fit(string text, Fonts fonts, float width, float height, float size, bool whole = false, float tracking = 0) =>
        new Paragraph(text, fonts, whole, tracking).Fit(width, height, size);

    /// <summary>Draws the lines one under the other, each around the middle.</summary>
    public void DrawCentred(SKCanvas canvas, float middle, float top, SKPaint paint) =>
        Draw(canvas, line => middle - line.Width * Size / 2, top, paint);

    public void DrawFrom(SKCanvas canvas, float left, float top, SKPaint paint) => Draw(canvas, _ => left, top, paint);

    private void Draw(SKCanvas canvas, Func<ShapedLine, float> left, float top, SKPaint paint)
    {
        // The baseline of Chinese type stands so that the characters are in the middle of the line.
        var baseline = top + (LineHeight / 2 + 0.36f) * Size;
        foreach (var line in lines)
        {
            line.Draw(canvas, left(line), baseline, Size, paint);
            baseline += LineHeight * Size;
        }
    }
}
