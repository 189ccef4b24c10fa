using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// The faces that a text is drawn with, best first: our own, which are copied beside the program (build/Fonts.targets),
/// then whatever the machine has. They are opened by the first drawing, not at the start.
/// </summary>
public sealed class Fonts
{
    private static readonly ConcurrentDictionary<string, Lazy<Face>> Files = new();
    private static readonly ConcurrentDictionary<int, Face?> SystemFaces = new();
    private static readonly ConcurrentDictionary<string, Lazy<Face>> SystemFamilies = new();
    private static readonly Lazy<IReadOnlyList<SKTypeface>> OfTheSystem =
        new(() => [.. SKFontManager.Default.FontFamilies.Select(SKFontManager.Default.MatchFamily)]);

    /// <summary>
    /// What Noto Serif SC lacks: rare ideographs, wide Latin and Cyrillic, and the scripts of Uyghur, Tibetan, Mongolian, Yi
    /// and Korean names.
    /// </summary>
    private static readonly string[] Others =
    [
        "NotoSerifJP_600SemiBold", "NotoSerif_600SemiBold", "NotoNaskhArabic_600SemiBold", "NotoSerifTibetan_600SemiBold",
        "NotoSansMongolian_400Regular", "NotoSansYi_400Regular", "NanumMyeongjo_700Bold",
    ];

    private readonly string[] names;

    private Fonts(string first) => names = [first, .. Others];

    public static Fonts Regular { get; } = new("NotoSerifSC_400Regular");

    public static Fonts SemiBold { get; } = new("NotoSerifSC_600SemiBold");

    /// <summary>The characters of a text that no face has, here or on the machine; each is drawn as its code in a box.</summary>
    public static IReadOnlyList<Rune> MissingIn(string text) => [.. Graphemes.Of(text)
        .Where(grapheme => grapheme != " " && SemiBold.FaceFor(grapheme) is null)
        .SelectMany(grapheme => grapheme.EnumerateRunes()).Where(rune => SemiBold.FaceFor(rune.ToString()) is null).Distinct()];

    /// <summary>The first face that has all of a grapheme; null where none has.</summary>
    internal Face? FaceFor(string grapheme) => OwnFaceFor(grapheme) ?? SystemFaceFor(grapheme);

    /// <summary>
    /// The face of an apostrophe within a Latin word: in a Chinese face this sign is a quotation mark as wide as a character.
    /// </summary>
    internal static Face Apostrophe => Open("NotoSerif_600SemiBold");

    /// <summary>The same without asking the machine, which may have any faces or none.</summary>
    internal Face? OwnFaceFor(string grapheme)
    {
        foreach (var name in names)
            if (Open(name) is var face && face.Has(grapheme))
                return face;
        return null;
    }

    /// <summary>A character of private use is another sign in every face: none of the machine's is asked for it.</summary>
    private static Face? SystemFaceFor(string grapheme) =>
        Rune.DecodeFromUtf16(grapheme, out var first, out _) == OperationStatus.Done
        && Rune.GetUnicodeCategory(first) != UnicodeCategory.PrivateUse
        && SystemFaces.GetOrAdd(first.Value, FindInSystem) is { } face && face.Has(grapheme) ? face : null;

    private static Face Open(string name) => Files.GetOrAdd(name,
        static name => new Lazy<Face>(() => OpenFile(Path.Combine(AppContext.BaseDirectory, "fonts", name + ".ttf")))).Value;

    private static Face OpenFile(string path) =>
        new(SKTypeface.FromFile(path)
            ?? throw new FileNotFoundException($"There is no font in {path}. Build the program again: npm brings it.", path));

    /// <summary>Windows and macOS find a face by character; on Linux, where Skia knows the files only, each family is asked.</summary>
    private static Face? FindInSystem(int character)
    {
        var found = SKFontManager.Default.MatchCharacter(character)
            ?? OfTheSystem.Value.FirstOrDefault(typeface => typeface.ContainsGlyph(character));
        return found is null ? null : SystemFamilies.GetOrAdd(found.FamilyName, _ => new Lazy<Face>(() => new Face(found))).Value;
    }
}
