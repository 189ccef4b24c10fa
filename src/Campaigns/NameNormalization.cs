using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// Brings a name into the one form in which it is stored, and into the key by which one person is recognised (docs/domain.md 8).
/// Characters are mapped by the ranges and the table below and not by NFKC, which would also change letters that are spelled so on
/// purpose: long s, ligatures, half-width Hangul, superscripts.
/// </summary>
internal static partial class NameNormalization
{
    public const char MiddleDot = '\u00B7';

    /// <summary>
    /// Radicals of the supplement (U+2E80 to U+2EF3) that are whole characters in use, as text copied from a PDF has them, and the
    /// character of each (EquivalentUnifiedIdeograph of Unicode). Parts of characters, such as ⺌, stay refused.
    /// </summary>
    private const string Radicals = "⺠民⺟母⺒巳⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

    private static readonly Dictionary<int, Rune> OfRadicals =
        Radicals.EnumerateRunes().Chunk(2).ToDictionary(pair => pair[0].Value, pair => pair[1]);

    /// <summary>
    /// Without what pasted text brings along and nobody sees: control and format characters (zero width, direction, byte order mark);
    /// a tab becomes a space. The rule is that of the script (src/Pledging/Phone/strip-invisible.ts);
    /// tests/contract/pasted-names.json holds the two equal. U+180E stays: in Mongolian it is the form of a letter.
    /// </summary>
    /// <param name="typed">Well-formed UTF-16, or not.</param>
    public static string WithoutUnseen(string typed) => typed.AsSpan().IndexOfAnyExceptInRange('\u4E00', '\u9FFF') < 0
        ? typed
        : string.Concat(typed.EnumerateRunes().Where(rune => rune.Value == '\t' || !IsUnseen(rune))).Replace('\t', ' ');

    /// <summary>
    /// The stored form, without what is unseen: Kangxi radicals, compatibility ideographs and full-width letters as what they look
    /// like; NFC; one kind of dot, apostrophe and space. Between two Chinese characters spaces go, and a full stop is the dot. Refuses
    /// nothing.
    /// </summary>
    /// <param name="typed">Well-formed UTF-16.</param>
    public static string Normalize(string typed)
    {
        var mapped = new StringBuilder(typed.Length);
        foreach (var rune in WithoutUnseen(typed).EnumerateRunes())
            mapped.Append(Map(rune).ToString());
        var form = Separate([.. mapped.ToString().Normalize(NormalizationForm.FormC).EnumerateRunes()]);
        return form.Contains('(') ? Bracketed().Replace(form, Bracket) : form;
    }

    /// <summary>Equal for names that are one: in any case, written with any of the signs that <see cref="Normalize"/> makes one.</summary>
    public static string KeyOf(string name) => Normalize(name).ToUpperInvariant();

    private static bool IsUnseen(Rune rune) => rune.Value != 0x180E
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static Rune Map(Rune rune) => rune.Value switch
    {
        // As phones write them: a pinyin keyboard leaves U+2006 between syllables.
        0x3000 or 0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F => new Rune(' '),
        0x30FB or 0xFF65 or 0x2022 or 0x2027 or 0x2219 or 0x22C5 or 0x318D => new Rune(MiddleDot),
        0x2018 or 0x2019 or 0x02BC => new Rune('\''), // of a pair, a Chinese keyboard writes the opening one first
        0x2010 or 0x2011 => new Rune('-'),
        >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0), // full-width ASCII
        >= 0x2F00 and <= 0x2FD5 => Rune.GetRuneAt(rune.ToString().Normalize(NormalizationForm.FormKC), 0), // Kangxi radicals
        >= 0x2E80 and <= 0x2EF3 => OfRadicals.GetValueOrDefault(rune.Value, rune),
        _ => rune,
    };

    private static string Separate(Rune[] runes)
    {
        var form = new StringBuilder(runes.Length);
        var isAfterHan = false;
        for (var i = 0; i < runes.Length;)
        {
            if (!IsSeparator(runes[i]))
            {
                if (!IsMark(runes[i])) // a variation selector belongs to the character before it
                    isAfterHan = IsHan(runes[i]);
                form.Append(runes[i++].ToString());
                continue;
            }
            var from = i;
            while (i < runes.Length && IsSeparator(runes[i]))
                i++;
            var separators = runes.AsSpan(from, i - from);
            if (isAfterHan && i < runes.Length && IsHan(runes[i]))
                form.Append(separators.ContainsAnyExcept(new Rune(' ')) ? $"{MiddleDot}" : "");
            else
                foreach (var separator in separators)
                    if (separator.Value != ' ' || (form.Length > 0 && form[^1] != ' '))
                        form.Append(separator.ToString());
        }
        return form.ToString().TrimEnd(' ');
    }

    /// <summary>王伟（大） stands as in Chinese print, Anna (Big) as in English.</summary>
    private static string Bracket(Match match)
    {
        var within = match.Groups["within"].Value;
        return within.Length > 0 && IsHan(Rune.GetRuneAt(within, 0)) ? $"（{within}）" : $"{match.Groups["before"].Value}({within})";
    }

    private static bool IsSeparator(Rune rune) => rune.Value is ' ' or '.' or MiddleDot;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsHan(Rune rune) =>
        rune.Value is 0x3005 or 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        || AllowedCharacters.IsSupplementaryIdeograph(rune);

    [GeneratedRegex(@"(?<before> ?)\( ?(?<within>[^()]*?) ?\)")]
    private static partial Regex Bracketed();
}
