using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>One line of text as glyphs in their places, to be drawn at any size. Lengths are in em, the letters' size.</summary>
public sealed class ShapedLine
{
    private readonly List<(Face Face, ushort[] Glyphs, SKPoint[] Places, string Text)> runs = [];
    private readonly List<MissingGlyph> missing = [];

    private ShapedLine()
    {
    }

    public float Width { get; private set; }

    /// <param name="tracking">Air after each letter, for a short name set large.</param>
    public static ShapedLine Of(string text, Fonts fonts, float tracking = 0)
    {
        var line = new ShapedLine();
        foreach (var (piece, face, backwards) in InOrder(Runs(text, fonts)))
            if (face is not null)
                line.Add(piece, face, backwards, tracking);
            else
                line.AddMissing(piece, fonts, tracking);
        line.Width = Math.Max(0, line.Width - tracking);
        return line;
    }

    public void Draw(SKCanvas canvas, float left, float baseline, float size, SKPaint paint)
    {
        var subsets = FontSubsets.Of(canvas);
        foreach (var (face, glyphs, places, text) in runs)
        {
            using var font = new SKFont(subsets?.TypefaceFor(face, glyphs, text) ?? face.Typeface,
                size)
            { Subpixel = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun(glyphs, font, Array.ConvertAll(places, p => new SKPoint(p.X * size, p.Y * size)));
            using var blob = builder.Build();
            if (blob is not null) // nothing but spaces
                canvas.DrawText(blob, left, baseline, paint);
        }
        foreach (var glyph in missing)
            glyph.Draw(canvas, left, baseline, size, paint);
    }

    /// <summary>Notes the glyphs that it draws.</summary>
    internal void Note(FontSubsets subsets)
    {
        foreach (var (face, glyphs, _, text) in runs)
            subsets.Note(face, glyphs, text);
        foreach (var glyph in missing)
            glyph.Note(subsets);
    }

    private void Add(string text, Face face, bool backwards, float tracking)
    {
        using var letters = new HarfBuzzSharp.Buffer();
        letters.AddUtf16(text);
        letters.GuessSegmentProperties();
        letters.Direction = backwards ? Direction.RightToLeft : Direction.LeftToRight;
        face.Shape(letters);
        var (infos, positions) = (letters.GlyphInfos, letters.GlyphPositions);
        var glyphs = new ushort[infos.Length];
        var places = new SKPoint[infos.Length];
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            places[i] = new SKPoint(Width + Em(positions[i].XOffset), -Em(positions[i].YOffset));
            Width += Em(positions[i].XAdvance);
            if (i + 1 == infos.Length || infos[i + 1].Cluster != infos[i].Cluster)
                Width += tracking;
        }
        runs.Add((face, glyphs, places, text));
    }

    private void AddMissing(string text, Fonts fonts, float tracking)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            missing.Add(MissingGlyph.Of(rune, Width, fonts));
            Width += MissingGlyph.Advance + tracking;
        }
    }

    private static float Em(int units) => units / (float)Face.UnitsPerEm;

    /// <summary>Parts the text where the face or the direction changes; null for a face that is nowhere.</summary>
    private static List<(string Text, Face? Face, bool Backwards)> Runs(string text, Fonts fonts)
    {
        var runs = new List<(string Text, Face? Face, bool Backwards)>();
        foreach (var (grapheme, own) in Graphemes.Of(text).SelectMany(grapheme => FacesOf(grapheme, fonts)))
        {
            // A space belongs to the letters around it.
            var face = grapheme == " " && runs.Count > 0 ? runs[^1].Face ?? own : own;
            var backwards = RunsBackwards(grapheme) ?? (grapheme == " " && runs.Count > 0 && runs[^1].Backwards);
            if (runs.Count > 0 && runs[^1].Face == face && runs[^1].Backwards == backwards)
                runs[^1] = (runs[^1].Text + grapheme, face, backwards);
            else
                runs.Add((grapheme, face, backwards));
        }
        return runs;
    }

    /// <summary>The grapheme in the face that has all of it; else each of its characters by itself.</summary>
    private static IEnumerable<(string Text, Face? Face)> FacesOf(string grapheme, Fonts fonts) =>
        fonts.FaceFor(grapheme) is { } face ? [(grapheme, face)]
        : grapheme.EnumerateRunes().Select(rune => rune.ToString()).Select(rune => (rune, fonts.FaceFor(rune)));

    /// <summary>
    /// A line is read in the direction of its first letter: where that is right to left, its runs stand the other way
    /// round. Enough for names and titles; a paragraph of mixed directions would need the whole bidirectional algorithm.
    /// </summary>
    private static IEnumerable<(string Text, Face? Face, bool Backwards)> InOrder(List<(string Text, Face? Face, bool Backwards)> runs) =>
        runs.Count > 1 && runs[0].Backwards ? runs.AsEnumerable().Reverse() : runs;

    /// <summary>Null for a space, which goes along with its neighbours.</summary>
    private static bool? RunsBackwards(string grapheme)
    {
        if (grapheme == " ")
            return null;
        Rune.DecodeFromUtf16(grapheme, out var first, out _);
        // The blocks that Unicode keeps for right-to-left scripts: Hebrew to Arabic Extended, their presentation forms, and
        // two ranges beyond the basic plane.
        return first.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
                or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)
            && first.Value is not ((>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9)); // digits
    }
}
