using System.Globalization;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// Which characters a typed text may hold, one rule for every text that somebody else reads (docs/domain.md 8): names, titles,
/// places, notes, clauses. Refused are control, bidirectional, zero-width and unassigned characters, which make a text read as another
/// than it is, and emoji, which no typeface of the stage and the certificate draws. <see cref="PersonName"/> allows less than this.
/// </summary>
public static class AllowedCharacters
{
    /// <summary>
    /// Most marks on one letter: Tibetan stacks five or six; more of them are drawn over the lines above and below.
    /// </summary>
    internal const int MaxConsecutiveMarks = 8;

    /// <summary>Whether a text of one line holds nothing but what may be seen in it.</summary>
    public static bool InLine(string text) => InText(text) && !text.Contains('\n');

    /// <summary>The same for a text of any number of lines, which <c>\n</c> ends.</summary>
    public static bool InText(string text)
    {
        if (!IsWellFormed(text))
            return false;
        var (marks, before) = (0, default(Rune));
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MaxConsecutiveMarks || !(rune.Value == '\n' || IsSeen(rune) || (IsJoiner(rune) && Joins(before))))
                return false;
            before = rune;
        }
        return true;
    }

    /// <summary>A lone surrogate cannot be stored; it and U+FFFE (a byte order mark with swapped bytes) cannot be normalized.</summary>
    internal static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\uFFFE')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    /// <summary>Whether it is drawn, and with ink or as a space; false for emoji.</summary>
    internal static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherNotAssigned when IsSupplementaryIdeograph(rune) => true,
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => rune.IsAscii || !(IsDrawnAsNothing(rune) || IsEmoji(rune)),
    };

    /// <summary>
    /// A place of the planes 2 and 3, which Unicode keeps for ideographs: those that are newer than this program's tables (extension J
    /// and after) are names too. The last two places of each plane are no characters.
    /// </summary>
    internal static bool IsSupplementaryIdeograph(Rune rune) =>
        rune.Value is (>= 0x20000 and <= 0x3FFFD) and not (0x2FFFE or 0x2FFFF);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Letters, marks and symbols by category, but drawn as nothing: Hangul fillers, the grapheme joiner, Khmer's inherent vowels, the
    /// Braille blank; and the replacement characters, which stand for a text that was not read.
    /// </summary>
    private static bool IsDrawnAsNothing(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x17B4 or 0x17B5
        or 0x2800 or 0xFFFC or 0xFFFD;

    /// <summary>
    /// Drawn as a picture by default (Emoji_Presentation of Unicode 16), or what chooses such a look: variation selectors, except the
    /// ideographic ones (U+E0100 and after), which choose the form of a character, and the keycap.
    /// </summary>
    private static bool IsEmoji(Rune rune) => rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0xFE00 and <= 0xFE0F) or 0x20E3
        or 0x231A or 0x231B or (>= 0x23E9 and <= 0x23EC) or 0x23F0 or 0x23F3 or 0x25FD or 0x25FE or 0x2614 or 0x2615
        or (>= 0x2648 and <= 0x2653) or 0x267F or 0x2693 or 0x26A1 or 0x26AA or 0x26AB or 0x26BD or 0x26BE or 0x26C4 or 0x26C5
        or 0x26CE or 0x26D4 or 0x26EA or 0x26F2 or 0x26F3 or 0x26F5 or 0x26FA or 0x26FD or 0x2705 or 0x270A or 0x270B or 0x2728
        or 0x274C or 0x274E or (>= 0x2753 and <= 0x2755) or 0x2757 or (>= 0x2795 and <= 0x2797) or 0x27B0 or 0x27BF or 0x2B1B
        or 0x2B1C or 0x2B50 or 0x2B55;

    /// <summary>Zero-width joiner and non-joiner, and Mongolian's vowel separator.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D or 0x180E;

    /// <summary>After a letter of a script whose spelling needs joiners: Arabic, the Indic ones, Mongolian.</summary>
    private static bool Joins(Rune before) => before.Value is >= 0x0600 and <= 0x1AFF && (Rune.IsLetter(before) || IsMark(before));
}
