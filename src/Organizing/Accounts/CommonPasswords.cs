using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>
/// Passwords that people choose so often that guessers try them first: a word, or two short ones, of <c>CommonPasswords.txt</c>
/// (English and pinyin) with something short before, between or after it; dates and mobile numbers; walks over the keyboard; one
/// thing repeated. Capitals, letters written as signs (<c>p@ssw0rd</c>) and punctuation change nothing.
/// </summary>
internal static partial class CommonPasswords
{
    /// <summary>In UTF-16 units. What is longer is not common, unless it repeats one thing.</summary>
    private const int MaxLength = 32;

    /// <summary>A word and what stands before and after it.</summary>
    private const int MaxParts = 3;

    /// <summary>Of two words where all is no longer than this: "darkstar1". Longer ones are too many for a guesser to begin with.</summary>
    private const int TwoWordsMaxLength = 11;

    /// <summary>A repeated part may be this long: "abc1" twice.</summary>
    private const int RepeatedMaxLength = 5;

    private const int WalkMinLength = 3;

    private static readonly Lazy<(HashSet<string> Words, HashSet<string> Fillers, string[] Rows)> Parts = new(Read);

    private static readonly (char Sign, char Letter)[] Signs =
        [('@', 'a'), ('4', 'a'), ('3', 'e'), ('1', 'i'), ('!', 'i'), ('0', 'o'), ('$', 's'), ('5', 's'), ('7', 't')];

    /// <summary>Whether the password is common, or common beside the account's own name.</summary>
    public static bool Contains(string password, string? accountName = null)
    {
        var typed = password.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var name = Plain((accountName ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        foreach (var text in new[] { typed, Plain(typed), Plain(WithoutSigns(typed)) }.Where(text => text.Length > 0).Distinct())
            if (IsRepeated(text) || IsMobileNumber().IsMatch(text)
                || (text.Length <= MaxLength && IsMadeOfParts(text, name, MaxParts, text.Length <= TwoWordsMaxLength ? 2 : 1)))
                return true;
        return false;
    }

    /// <summary>Passwords of at least that length that are made of one word and one filler; a sample of what is refused.</summary>
    public static IEnumerable<string> List(int minLength) =>
        from word in Parts.Value.Words
        from filler in Parts.Value.Fillers.Prepend("")
        let password = word + filler
        where password.Length >= minLength
        select password;

    private static bool IsMadeOfParts(string text, string name, int parts, int words)
    {
        if (text.Length == 0)
            return true;
        if (parts == 0)
            return false;
        for (var length = text.Length; length > 0; length--)
        {
            var part = text[..length];
            if ((IsFiller(part) && IsMadeOfParts(text[length..], name, parts - 1, words))
                || (words > 0 && IsWord(part, name) && IsMadeOfParts(text[length..], name, parts - 1, words - 1)))
                return true;
        }
        return false;
    }

    private static bool IsWord(string part, string name) => Parts.Value.Words.Contains(part) || (name.Length > 1 && part == name);

    private static bool IsFiller(string part) =>
        Parts.Value.Fillers.Contains(part) || IsWalk(part) || IsRun(part) || IsDate().IsMatch(part);

    /// <summary>Along a row, either way.</summary>
    private static bool IsWalk(string part)
    {
        if (part.Length < WalkMinLength)
            return false;
        var back = new string([.. part.Reverse()]);
        return Array.Exists(Parts.Value.Rows,
            row => row.Contains(part, StringComparison.Ordinal) || row.Contains(back, StringComparison.Ordinal));
    }

    private static bool IsRun(string part) => part.Length > 1 && part.All(letter => letter == part[0]);

    /// <summary>One part again and again, the last perhaps cut short.</summary>
    private static bool IsRepeated(string text) => Enumerable.Range(1, Math.Min(RepeatedMaxLength, text.Length / 2))
        .Any(length => text.Skip(length).Select((letter, i) => letter == text[i]).All(same => same));

    private static string WithoutSigns(string text) => string.Concat(
        text.Select(letter => Array.Find(Signs, pair => pair.Sign == letter) is { Letter: not '\0' } found ? found.Letter : letter));

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static (HashSet<string>, HashSet<string>, string[]) Read()
    {
        using var resource = typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var lines = new StreamReader(resource);
        var sections = new Dictionary<string, List<string>>();
        var section = new List<string>();
        while (lines.ReadLine() is { } line)
            if (line.StartsWith('['))
                section = sections.TryGetValue(line, out var known) ? known : sections[line] = [];
            else if (!line.StartsWith('#'))
                section.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return ([.. sections["[words]"]], [.. sections["[fillers]"]], [.. sections["[rows]"]]);
    }

    /// <summary>A day with or without a century, the year first or last.</summary>
    [GeneratedRegex(@"^((19|20)?\d\d(0?[1-9]|1[0-2])(0?[1-9]|[12]\d|3[01])|(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)?\d\d|"
        + @"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])((19|20)\d\d)?|(19|20)\d\d)$")]
    private static partial Regex IsDate();

    /// <summary>Of mainland China, with or without the country's code.</summary>
    [GeneratedRegex(@"^(86)?1[3-9]\d{9}$")]
    private static partial Regex IsMobileNumber();
}
