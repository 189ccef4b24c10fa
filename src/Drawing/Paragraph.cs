namespace SafetyCampaign.Drawing;

/// <summary>
/// Text to be made to fit a box: as large as asked for, then smaller, on as many lines as the box then has. Nothing is ever
/// cut off. Lines break after spaces and the dots of names, and in Chinese running text between any two characters.
/// </summary>
public sealed class Paragraph
{
    private const float Step = 0.95f;

    private readonly string text;
    private readonly Fonts fonts;
    private readonly float tracking;

    // Measured once, for every size that is tried.
    private readonly Lazy<List<Piece>> words;
    private readonly Lazy<List<Piece>> letters;

    /// <param name="whole">Keeps words together (names) until the letters are down to a third of the size.</param>
    /// <param name="tracking">Air after each letter, in em.</param>
    public Paragraph(string text, Fonts fonts, bool whole = false, float tracking = 0)
    {
        (this.text, this.fonts, this.tracking) = (text, fonts, tracking);
        words = new(() => Split(whole ? IsEndOfWord : IsEndOfLine));
        letters = whole ? new(() => Split(_ => true)) : words;
    }

    /// <param name="height">Infinite where the lines may be as many as it takes.</param>
    /// <param name="size">The largest size of the letters.</param>
    public TextBlock Fit(float width, float height, float size)
    {
        for (var s = size; ; s *= Step)
        {
            var pieces = s < size / 3 ? letters.Value : words.Value;
            if (Break(pieces, width / s) is { } broken && broken.Count * TextBlock.LineHeight * s <= height
                && broken.ConvertAll(Shape) is var lines && lines.TrueForAll(line => line.Width * s <= width))
                return new TextBlock(lines, s);
        }
    }

    private ShapedLine Shape(string piece) => ShapedLine.Of(piece, fonts, tracking);

    /// <summary>Fills lines with pieces; null where a piece is wider than a line.</summary>
    private static List<string>? Break(List<Piece> pieces, float width)
    {
        var lines = new List<string>();
        var (line, used) = ("", 0f);
        foreach (var (text, wide, advance) in pieces)
        {
            if (used + wide > width && line.Length > 0)
            {
                lines.Add(line.TrimEnd(' '));
                (line, used) = ("", 0);
            }
            if (wide > width)
                return null;
            (line, used) = (line + text, used + advance);
        }
        lines.Add(line.TrimEnd(' '));
        return lines;
    }

    private List<Piece> Split(Func<string, bool> endsAfter)
    {
        var pieces = new List<string> { "" };
        var graphemes = Graphemes.Of(text);
        for (var i = 0; i < graphemes.Count; i++)
        {
            pieces[^1] += graphemes[i];
            if (i + 1 < graphemes.Count && endsAfter(graphemes[i]) && !MayNotBegin(graphemes[i + 1]))
                pieces.Add("");
        }
        return pieces.ConvertAll(piece => new Piece(piece, Shape(piece.TrimEnd(' ')).Width, Shape(piece).Width));
    }

    /// <summary>What stays together on a line.</summary>
    /// <param name="Width">At the end of a line, where the space after it does not count; in em.</param>
    /// <param name="Advance">With the space after it, before the next piece; in em.</param>
    private readonly record struct Piece(string Text, float Width, float Advance);

    private static bool IsEndOfWord(string grapheme) => grapheme is " " or "\u3000" or "·" or "-" or "\u0F0B";

    private static bool IsEndOfLine(string grapheme) =>
        IsEndOfWord(grapheme) || (grapheme[0] >= '\u2E80' && !"“‘（《〈「『【".Contains(grapheme[0]));

    internal static bool MayNotBegin(string grapheme) => "，。、；：？！”’）》〉」』】".Contains(grapheme[0]) || grapheme == " ";
}
