namespace SafetyCampaign.Drawing;

/// <summary>
/// A title that stands large: on as few lines as it needs, all of about one length, broken between phrases and never within a word, as
/// far as <see cref="TitlePhrases"/> knows them.
/// </summary>
public static class TitleBlock
{
    private const float Step = 0.95f;

    /// <summary>Of the asked size: smaller than that, a title may rather break anywhere.</summary>
    private const float Smallest = 0.6f;

    /// <summary>By which the length of the lines is found, from both sides.</summary>
    private const int Halvings = 12;

    /// <param name="title">Without line breaks.</param>
    /// <param name="fonts">Of the letters.</param>
    /// <param name="width">Of the box.</param>
    /// <param name="height">Of the box.</param>
    /// <param name="size">The largest size of the letters.</param>
    public static TextBlock Fit(string title, Fonts fonts, float width, float height, float size)
    {
        var phrases = Measure(TitlePhrases.Of(title), fonts);
        var letters = new Lazy<List<Piece>>(() => Measure(TitlePhrases.Letters(title), fonts));
        for (var s = size; ; s *= Step)
            if (Balance(s < size * Smallest ? letters.Value : phrases, width / s) is { } lines
                && lines.Count * TextBlock.LineHeight * s <= height
                && lines.ConvertAll(line => ShapedLine.Of(line, fonts)) is var shaped && shaped.TrueForAll(line => line.Width * s <= width))
                return new TextBlock(shaped, s);
    }

    private static List<Piece> Measure(IEnumerable<string> pieces, Fonts fonts) =>
        [.. pieces.Select(piece => new Piece(piece, ShapedLine.Of(piece.TrimEnd(' '), fonts).Width, ShapedLine.Of(piece, fonts).Width))];

    /// <summary>The narrowest lines of which there are no more than at the full width; null where a piece is wider than a line.</summary>
    private static List<string>? Balance(List<Piece> pieces, float width)
    {
        if (Fill(pieces, width) is not { } best)
            return null;
        var (narrow, wide) = (0f, width);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (narrow + wide) / 2;
            if (Fill(pieces, middle) is { } lines && lines.Count == best.Count)
                (best, wide) = (lines, middle);
            else
                narrow = middle;
        }
        return best;
    }

    private static List<string>? Fill(List<Piece> pieces, float width)
    {
        var lines = new List<string> { "" };
        var used = 0f;
        foreach (var piece in pieces)
        {
            if (piece.Width > width)
                return null;
            if (used + piece.Width > width)
            {
                lines[^1] = lines[^1].TrimEnd(' ');
                lines.Add("");
                used = 0;
            }
            lines[^1] += piece.Text;
            used += piece.Advance;
        }
        return lines;
    }

    /// <param name="Width">At the end of a line, in em.</param>
    /// <param name="Advance">With the space after it, in em.</param>
    private readonly record struct Piece(string Text, float Width, float Advance);
}
