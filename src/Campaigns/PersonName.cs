using System.Globalization;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>Why a name was not accepted.</summary>
public enum NameProblem
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>Nothing, or nothing but spaces and what cannot be seen.</summary>
    Missing,

    /// <summary>More than <see cref="PersonName.MaxLength"/> graphemes.</summary>
    TooLong,

    /// <summary>A character that no name has (see <see cref="PersonName"/>), or no letter at all.</summary>
    NotAName,

    /// <summary>More than <see cref="PersonName.MaxConsecutiveDigits"/> digits in a row, as telephone and identity numbers have.</summary>
    LongNumber,
}

/// <summary>
/// The name somebody signs with. Accepted: ideographs beyond the basic multilingual plane, the dot of minority names,
/// long and Latin ones, a seat number where a school prefers it, （大） and （小） by which schools tell two of one name apart. What
/// nobody sees is taken out (<see cref="NameNormalization.WithoutUnseen"/>). Refused is what no text may hold
/// (<see cref="AllowedCharacters"/>), a long number, and every sign that no name has (docs/domain.md 8).
/// </summary>
public static class PersonName
{
    /// <summary>In graphemes, as a reader counts letters.</summary>
    public const int MaxLength = 60;

    /// <summary>A seat has at most three, a year four; a telephone number is not to be stored and printed in a name's place.</summary>
    public const int MaxConsecutiveDigits = 4;

    private const char TibetanSyllableDot = '\u0F0B';

    /// <summary>Brings a typed name into its stored form, in which reading it again changes nothing (docs/domain.md 8).</summary>
    public static NameProblem TryRead(string? typed, out string name)
    {
        name = "";
        if (string.IsNullOrWhiteSpace(typed))
            return NameProblem.Missing;
        if (typed.Length > 8 * MaxLength)
            return NameProblem.TooLong;
        if (IsPlain(typed))
        {
            name = typed;
            return NameProblem.None;
        }
        if (!AllowedCharacters.IsWellFormed(typed))
            return NameProblem.NotAName;

        var read = NameNormalization.Normalize(typed);
        var problem = read.Length == 0 ? NameProblem.Missing : Check(read);
        if (problem == NameProblem.None)
            name = read;
        return problem;
    }

    /// <summary>
    /// The key that is equal for names that are one: 张伟 and 张　伟, John and JOHN, 1 and １, ’ and '. Names that were stored under an
    /// earlier rule have the key of this one too.
    /// </summary>
    public static string KeyOf(string name) => IsPlain(name) ? name : NameNormalization.KeyOf(name);

    private static NameProblem Check(string read)
    {
        var (letters, marks, digits, lettersBeforeBracket) = (0, 0, 0, 0);
        var before = default(Rune);
        foreach (var rune in read.EnumerateRunes())
        {
            var kind = IsMongolianVowelSeparator(rune, before) ? Allowed.Joining : Allows(rune);
            marks = kind == Allowed.Joining ? marks + 1 : 0;
            if (kind == Allowed.No || marks > AllowedCharacters.MaxConsecutiveMarks)
                return NameProblem.NotAName;
            if (kind == Allowed.Letter)
            {
                letters++;
                digits = Rune.IsDigit(rune) ? digits + 1 : 0;
            }
            // A bracket opens after a letter, holds one, and is closed before another opens.
            var opens = rune.Value is '(' or '（';
            if (opens && (letters == 0 || lettersBeforeBracket > 0))
                return NameProblem.NotAName;
            if (rune.Value is ')' or '）' && (lettersBeforeBracket == 0 || lettersBeforeBracket == letters))
                return NameProblem.NotAName;
            lettersBeforeBracket = opens ? letters : rune.Value is ')' or '）' ? 0 : lettersBeforeBracket;
            if (digits > MaxConsecutiveDigits)
                return NameProblem.LongNumber;
            before = rune;
        }
        if (letters == 0 || lettersBeforeBracket > 0)
            return NameProblem.NotAName;
        return new StringInfo(read).LengthInTextElements > MaxLength ? NameProblem.TooLong : NameProblem.None;
    }

    /// <summary>
    /// The name as the public may see it (docs/domain.md 8): the first letter as a reader counts letters, then one star for
    /// a second letter or two for any more. 王芳 is 王*, 王小明 王**, 欧阳娜娜 欧**, 买买提·吐尔逊 买**, John Smith J**.
    /// It tells neither the length of a long name nor a second surname or word, so that who knows the person will
    /// recognise the name and nobody can read it. A single letter and a number (of a seat) are hidden whole, and so is a
    /// first letter that no name begins with. A masked name stays as it is when masked again.
    /// </summary>
    public static string Mask(string name)
    {
        var first = StringInfo.GetNextTextElementLength(name);
        if (first == name.Length)
            return name.Length == 0 ? "" : "*";
        var second = StringInfo.GetNextTextElementLength(name.AsSpan(first));
        return (MayBeSeen(name.AsSpan(0, first)) ? name[..first] : "*") + (first + second == name.Length ? "*" : "**");
    }

    /// <summary>
    /// A letter with no more marks than a name may have, and not one that joins the next character into its grapheme:
    /// the star would be drawn as part of it.
    /// </summary>
    private static bool MayBeSeen(ReadOnlySpan<char> grapheme)
    {
        if (StringInfo.GetNextTextElementLength($"{grapheme}*") != grapheme.Length)
            return false;
        var runes = 0;
        foreach (var rune in grapheme.EnumerateRunes())
        {
            var fits = runes == 0 ? Rune.IsLetter(rune) && Allows(rune) == Allowed.Letter : Allows(rune) != Allowed.No;
            if (!fits || ++runes > AllowedCharacters.MaxConsecutiveMarks + 1)
                return false;
        }
        return true;
    }

    /// <summary>Nearly every name: a few ideographs of the basic plane, which no rule below changes.</summary>
    private static bool IsPlain(string typed) => typed.Length <= MaxLength && !typed.AsSpan().ContainsAnyExceptInRange('\u4E00', '\u9FFF');

    /// <summary>U+180E, after which the last vowel of a Mongolian word has its separate form.</summary>
    private static bool IsMongolianVowelSeparator(Rune rune, Rune before) =>
        rune.Value == 0x180E && before.Value is >= 0x1820 and <= 0x18AF;

    private enum Allowed
    {
        No,
        Letter,
        Joining,
        Separating,
    }

    private static Allowed Allows(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when !AllowedCharacters.IsSeen(rune) => Allowed.No,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => Allowed.Letter,
        _ when AllowedCharacters.IsSupplementaryIdeograph(rune) => Allowed.Letter,
        UnicodeCategory.ModifierLetter or UnicodeCategory.SpacingCombiningMark => Allowed.Joining,
        UnicodeCategory.NonSpacingMark => Allowed.Joining,
        _ => rune.Value is '-' or '\'' or '.' or 0x2010 or TibetanSyllableDot or NameNormalization.MiddleDot or '(' or ')' or '（' or '）'
            ? Allowed.Joining
            : rune.Value == ' ' ? Allowed.Separating : Allowed.No,
    };
}
