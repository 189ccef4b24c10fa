using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Cuts a face down to the glyphs that a document uses, by HarfBuzz's subsetter, which the package HarfBuzzSharp contains but does not
/// wrap. Glyphs keep their numbers, so lines that were shaped with the whole face are drawn with its subset. Letters that join or are
/// stacked (Uyghur, Tibetan) have glyphs without a character of their own: they are drawn right, but cannot all be copied.
/// </summary>
internal static class FontSubset
{
    /// <summary>HB_SUBSET_FLAGS_*: NO_HINTING, RETAIN_GIDS, NO_LAYOUT_CLOSURE (the glyphs were chosen by shaping).</summary>
    private const uint Flags = 0x1 | 0x2 | 0x200;

    /// <summary>HB_SUBSET_SETS_DROP_TABLE_TAG.</summary>
    private const int DroppedTables = 3;

    /// <summary>Tables for choosing and placing glyphs, which has been done.</summary>
    private static readonly string[] LayoutTables = ["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "kern", "vhea", "vmtx", "VORG"];

    /// <param name="face">The whole face.</param>
    /// <param name="glyphs">What is drawn.</param>
    /// <param name="characters">What a reader of the document is told that the glyphs mean.</param>
    /// <returns>Null where HarfBuzz cannot cut the face; then the whole one is embedded.</returns>
    public static SKTypeface? Of(Face face, IEnumerable<ushort> glyphs, IEnumerable<int> characters)
    {
        using var file = face.OpenFile(out var index);
        using var whole = new HarfBuzzSharp.Face(file, index);
        var input = hb_subset_input_create_or_fail();
        if (input == 0)
            return null;
        try
        {
            hb_subset_input_set_flags(input, Flags);
            // A glyph that is asked for by number keeps all its characters, and "页" would be copied as the radical "⻚" that looks the same.
            var nominal = new HashSet<ushort>();
            foreach (var character in characters)
            {
                hb_set_add(hb_subset_input_unicode_set(input), (uint)character);
                nominal.Add(face.Typeface.GetGlyph(character));
            }
            foreach (var glyph in glyphs.Where(glyph => !nominal.Contains(glyph)))
                hb_set_add(hb_subset_input_glyph_set(input), glyph);
            foreach (var table in LayoutTables)
                hb_set_add(hb_subset_input_set(input, DroppedTables), Tag.Parse(table));
            var subset = hb_subset_or_fail(whole.Handle, input);
            return subset == 0 ? null : TypefaceOf(subset);
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    private static SKTypeface? TypefaceOf(nint subset)
    {
        var blob = hb_face_reference_blob(subset);
        try
        {
            using var data = SKData.CreateCopy(hb_blob_get_data(blob, out var length), (ulong)length);
            return SKTypeface.FromData(data);
        }
        finally
        {
            hb_blob_destroy(blob);
            hb_face_destroy(subset);
        }
    }

    private const string Library = "libHarfBuzzSharp";

    [DllImport(Library)]
    private static extern nint hb_subset_input_create_or_fail();

    [DllImport(Library)]
    private static extern void hb_subset_input_destroy(nint input);

    [DllImport(Library)]
    private static extern void hb_subset_input_set_flags(nint input, uint flags);

    [DllImport(Library)]
    private static extern nint hb_subset_input_glyph_set(nint input);

    [DllImport(Library)]
    private static extern nint hb_subset_input_unicode_set(nint input);

    [DllImport(Library)]
    private static extern nint hb_subset_input_set(nint input, int kind);

    [DllImport(Library)]
    private static extern void hb_set_add(nint set, uint value);

    [DllImport(Library)]
    private static extern nint hb_subset_or_fail(nint face, nint input);

    [DllImport(Library)]
    private static extern nint hb_face_reference_blob(nint face);

    [DllImport(Library)]
    private static extern void hb_face_destroy(nint face);

    [DllImport(Library)]
    private static extern nint hb_blob_get_data(nint blob, out uint length);

    [DllImport(Library)]
    private static extern void hb_blob_destroy(nint blob);
}
