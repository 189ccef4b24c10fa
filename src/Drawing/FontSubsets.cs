using System.Runtime.CompilerServices;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// The faces of one document: first it collects which glyphs are drawn, then it stands for the faces with nothing but those. A canvas that
/// belongs to a document is drawn on with its subsets (<see cref="Of"/>), every other with the whole faces. Not safe from several threads.
/// </summary>
public sealed class FontSubsets : IDisposable
{
    private static readonly ConditionalWeakTable<SKCanvas, FontSubsets> OfCanvas = [];

    private readonly Dictionary<Face, Use> uses = [];
    private bool made;

    /// <summary>Notes the glyphs of a text that will be drawn.</summary>
    /// <param name="text">As it will be drawn, on one line or more.</param>
    /// <param name="fonts">As it will be drawn.</param>
    public void Add(string text, Fonts fonts) => ShapedLine.Of(text, fonts).Note(this);

    /// <summary>Ends the collecting. What was not noted is drawn with the whole face, which makes the document many times larger.</summary>
    public void Make()
    {
        made = true;
        foreach (var (face, use) in uses)
            use.Subset = FontSubset.Of(face, use.Glyphs, use.Characters);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var use in uses.Values)
            use.Subset?.Dispose();
    }

    /// <summary>Those of the document that the canvas belongs to; null where it is none's.</summary>
    internal static FontSubsets? Of(SKCanvas canvas) => OfCanvas.TryGetValue(canvas, out var subsets) ? subsets : null;

    /// <summary>Lets the canvas be drawn on with these.</summary>
    internal void DrawOn(SKCanvas canvas) => OfCanvas.AddOrUpdate(canvas, this);

    /// <summary>While collecting, notes the glyphs; afterwards, the subset if it has all of them.</summary>
    internal SKTypeface TypefaceFor(Face face, ReadOnlySpan<ushort> glyphs, string text)
    {
        if (!made)
        {
            Note(face, glyphs, text);
            return face.Typeface;
        }
        return uses.TryGetValue(face, out var use) && use.Subset is { } subset && use.Has(glyphs) ? subset : face.Typeface;
    }

    internal void Note(Face face, ReadOnlySpan<ushort> glyphs, string text)
    {
        if (!uses.TryGetValue(face, out var use))
            uses.Add(face, use = new Use());
        foreach (var glyph in glyphs)
            use.Glyphs.Add(glyph);
        foreach (var rune in text.EnumerateRunes())
            use.Characters.Add(rune.Value);
    }

    private sealed class Use
    {
        public HashSet<ushort> Glyphs { get; } = [];

        public HashSet<int> Characters { get; } = [];

        public SKTypeface? Subset { get; set; }

        public bool Has(ReadOnlySpan<ushort> glyphs)
        {
            foreach (var glyph in glyphs)
                if (!Glyphs.Contains(glyph))
                    return false;
            return true;
        }
    }
}
