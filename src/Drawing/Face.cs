using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// One typeface: Skia draws its glyphs, HarfBuzz chooses and places them, since letters join in Uyghur and are stacked in
/// Tibetan. Both map the file rather than read it, so only the pages of the file that are used take memory. Safe from many threads.
/// </summary>
public sealed class Face
{
    private static readonly Feature[] PlainLetters =
        [.. new[] { "liga", "clig", "calt", "locl" }.Select(name => new Feature(Tag.Parse(name), 0))];

    private readonly Font shaper;

    internal Face(SKTypeface typeface)
    {
        Typeface = typeface;
        using var file = Open(typeface, out var index);
        using var face = new HarfBuzzSharp.Face(file, index);
        face.MakeImmutable();
        shaper = new Font(face);
        shaper.SetScale(UnitsPerEm, UnitsPerEm);
        shaper.SetFunctionsOpenType();
    }

    internal const int UnitsPerEm = 1000;

    internal SKTypeface Typeface { get; }

    /// <summary>Whether it has every character of a grapheme; what is drawn as nothing need not be there.</summary>
    internal bool Has(ReadOnlySpan<char> grapheme)
    {
        foreach (var rune in grapheme.EnumerateRunes())
            if (!IsVariationSelector(rune) && !Typeface.ContainsGlyph(rune.Value))
                return false;
        return true;
    }

    /// <remarks>
    /// Latin letters without ligatures and alternates ("ffi", a digit after a letter): such glyphs have no character of their own, and
    /// a PDF's reader could not search or copy them.
    /// </remarks>
    internal void Shape(HarfBuzzSharp.Buffer letters) =>
        shaper.Shape(letters, letters.Script == Script.Latin ? PlainLetters : []);

    /// <summary>The file that it comes from, and which of the file's faces it is.</summary>
    internal Blob OpenFile(out int index) => Open(Typeface, out index);

    private static bool IsVariationSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static Blob Open(SKTypeface typeface, out int index)
    {
        var file = typeface.OpenStream(out index);
        var mapped = file.GetMemoryBase();
        if (mapped != 0)
            return new Blob(mapped, file.Length, MemoryMode.ReadOnly, file.Dispose);
        using var data = SKData.Create(file);
        using var bytes = data.AsStream();
        return Blob.FromStream(bytes);
    }
}
