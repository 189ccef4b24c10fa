using System.Globalization;
using System.Text;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Stands where no face has a character: its code in two rows of digits in a box, as editors show it, so that a person can find out which
/// one it is. Lengths are in em.
/// </summary>
internal sealed record MissingGlyph(float Left, ShapedLine Upper, ShapedLine Lower)
{
    public const float Advance = 1;

    private const float DigitSize = 0.4f, Margin = 0.06f, Top = -0.82f, Bottom = 0.1f, Pen = 0.03f;

    /// <param name="left">From the beginning of its line.</param>
    public static MissingGlyph Of(Rune character, float left, Fonts fonts)
    {
        var code = character.Value.ToString("X4", CultureInfo.InvariantCulture);
        var half = (code.Length + 1) / 2;
        return new MissingGlyph(left, ShapedLine.Of(code[..half], fonts), ShapedLine.Of(code[half..], fonts));
    }

    public void Note(FontSubsets subsets)
    {
        Upper.Note(subsets);
        Lower.Note(subsets);
    }

    public void Draw(SKCanvas canvas, float left, float baseline, float size, SKPaint paint)
    {
        using var pen = paint.Clone();
        (pen.Style, pen.StrokeWidth) = (SKPaintStyle.Stroke, Pen * size);
        var box = new SKRect(Left + Margin, Top, Left + Advance - Margin, Bottom);
        canvas.DrawRect(left + box.Left * size, baseline + box.Top * size, box.Width * size, box.Height * size, pen);
        DrawRow(Upper, -0.44f);
        DrawRow(Lower, 0.01f);

        void DrawRow(ShapedLine digits, float y) => digits.Draw(
            canvas, left + (box.MidX - digits.Width * DigitSize / 2) * size, baseline + y * size, DigitSize * size, paint);
    }
}
