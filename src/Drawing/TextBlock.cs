using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Text made to fit a box: as large as asked for, then smaller, on as many lines as the box then has. Nothing is ever cut
/// off. Lines break after spaces and the dots of names, and in Chinese running text between any two characters.
/// </summary>
public sealed class TextBlock
{
    private const float LineHeight = 1.4f;
    private const float Step = 0.95f;

    private readonly IReadOnlyList<ShapedLine> lines;

    private TextBlock(IReadOnlyList<ShapedLine> lines, float size) => (this.lines, Size) = (lines, size);

    /// <summary>Of the letters.</summary>
    public float Size { get; }

    public float Height => lines.Count * LineHeight * Size;

    public float Width => lines.Max(line => line.Width) * Size;

    /// <param name="height">Infinite where the lines may be as many as it takes.</param>
    /// <param name="size">The largest size of the letters.</param>
    /// <param name="whole">Keeps words together (names) until the letters are down to a third of the size.</param>
    /// <param name="tracking">Air after each letter, in em.</param>
    public static TextBlock Fit(string text, Fonts fonts, float width, float height, float size, bool whole = false, float tracking = 0)
    {
        var words = Split(text, whole ? IsEndOfWord : IsEndOfLine, fonts, tracking);
        var letters = whole ? Split(text, _ => true, fonts, tracking) : words;
        for (var s = size; ; s *= Step)
        {
            var pieces = s < size / 3 ? letters : words;
            if (Break(pieces, width / s) is { } broken && broken.Count * LineHeight * s <= height
                && broken.ConvertAll(line => ShapedLine.Of(line, fonts, tracking)) is var shaped && shaped.TrueForAll(line => line.Width * s <= width))
                return new TextBlock(shaped, s);
        }
    }

    /// <summary>Draws the lines one under the other, each around the middle.</summary>
    public void DrawCentred(SKCanvas canvas, float middle, float top, SKPaint paint) => Draw(canvas, line => middle - line.Width * Size / 2, top, paint);

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

    /// <summary>Fills lines with pieces; null where a piece is wider than a line.</summary>
    private static List<string>? Break(List<(string Text, float Width)> pieces, float width)
    {
        var lines = new List<string>();
        var (line, used) = ("", 0f);
        foreach (var (text, wide) in pieces)
        {
            if (used + wide > width && line.Length > 0)
            {
                lines.Add(line.TrimEnd(' '));
                (line, used) = ("", 0);
            }
            if (wide > width)
                return null;
            (line, used) = (line + text, used + wide);
        }
        lines.Add(line.TrimEnd(' '));
        return lines;
    }

    private static List<(string Text, float Width)> Split(string text, Func<string, bool> endsAfter, Fonts fonts, float tracking)
    {
        var pieces = new List<string> { "" };
        var graphemes = Graphemes.Of(text);
        for (var i = 0; i < graphemes.Count; i++)
        {
            pieces[^1] += graphemes[i];
            if (i + 1 < graphemes.Count && endsAfter(graphemes[i]) && !MayNotBegin(graphemes[i + 1]))
                pieces.Add("");
        }
        return pieces.ConvertAll(piece => (piece, ShapedLine.Of(piece.TrimEnd(' '), fonts, tracking).Width));
    }

    private static bool IsEndOfWord(string grapheme) => grapheme is " " or "\u3000" or "·" or "-" or "\u0F0B";

    private static bool IsEndOfLine(string grapheme) => IsEndOfWord(grapheme) || (grapheme[0] >= '\u2E80' && !"“‘（《〈「『【".Contains(grapheme[0]));

    private static bool MayNotBegin(string grapheme) => "，。、；：？！”’）》〉」』】".Contains(grapheme[0]) || grapheme == " ";
}
