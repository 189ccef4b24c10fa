using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// Reads the name of a class as schools write it (docs/domain.md 8): full or half width brackets or none, Chinese or Arabic
/// numerals, 七年级 or 初一; and as this program writes it, in Chinese and in English.
/// </summary>
internal static partial class ClassNameReader
{
    /// <summary>Longest text that is looked at, in UTF-16 units.</summary>
    public const int MaxLength = 60;

    private const string N = "[" + ChineseNumerals.Characters + "]{1,4}";

    /// <summary>The class within its grade. A number alone stands at once behind, so that 大班 30 is 30 pupils and not class 30.</summary>
    private const string Numbered = @"(?:\s?\(\s?(?<num>" + N + @")\s?\)\s?班?|\s?(?<num>" + N + @")\s?班|(?<num>" + N + "))";

    /// <summary>七年级, 初一, 高中二年级.</summary>
    private const string SaidGrade =
        "(?:(?<of>小学|初中|高中)?(?<ord>" + N + ")年级?|(?<of>小学|初中|高中|初|高)(?<ord>[一二三四五六1-6])(?:年级?)?)";

    /// <summary>As short as it can be, so that a number behind it is the class's number.</summary>
    private const string Name = @"(?<label>[^()班级\s](?:[^()班级]*?[^()班级\s])??)";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly Dictionary<string, int> YoungGrades = new(StringComparer.OrdinalIgnoreCase)
    {
        ["托"] = -4,
        ["小"] = -3,
        ["中"] = -2,
        ["大"] = -1,
        ["nursery"] = -4,
        ["k1"] = -3,
        ["k2"] = -2,
        ["k3"] = -1,
    };

    public static (ClassName? Name, ClassDoubt Doubt) Read(string typed)
    {
        var text = Normalize(typed);
        if (text.Length is 0 or > MaxLength || !AllowedCharacters.InLine(text))
            return (null, ClassDoubt.Unreadable);
        if (DateLike().IsMatch(text))
            return (null, ClassDoubt.LooksLikeDate);
        return Chinese(text) ?? English(text) ?? (null, GradeOf(text) is null ? ClassDoubt.Unreadable : ClassDoubt.NoNumber);
    }

    /// <summary>
    /// The grade or the year of entry that a text says without a class of it (七年级, 七, 大班, 2024级护理): a name that lacks its
    /// number. Null where it says none.
    /// </summary>
    public static ClassName? GradeOf(string text)
    {
        if (JustGrade().Match(text) is { Success: true } grade && GradeNumber(grade) is { } number)
            return new(ClassName.StageOf(number), number, 0, "", 0);
        if (JustYear().Match(text) is not { Success: true } year)
            return null;
        var name = new ClassName(StageOf(year.Groups["stage"].Value), 0, Year(year), Label(year), 0);
        return name.Label.Length == 0 || IsLabel(name) ? name : null;
    }

    /// <summary>
    /// 七年级 and 1班, or 七年级 and 1: two columns of a sheet, of which the first is the grade. The text that they read as together; null
    /// where they do not belong together, or each reads by itself.
    /// </summary>
    public static string? Join(string grade, string next)
    {
        string[] together = [grade + next, $"{grade}({next})"];
        return Read(grade).Name is null && Read(next).Name is null
            ? Array.Find(together, name => Read(name).Name is not null)
            : null;
    }

    /// <summary>
    /// The class that a title says among other words, as in 大塘冲小学五（1）班学生名册: one with a grade or a year of entry. Null where it
    /// says none, or more than one.
    /// </summary>
    public static ClassName? FindIn(string title)
    {
        var text = Normalize(title);
        if (text.Length > MaxLength)
            return null;
        ClassName? found = null;
        for (var from = 0; from < text.Length; from++)
            for (var to = text.Length; to > from; to--)
            {
                if (text[to - 1] is not ('班' or ')') || Read(text[from..to]).Name is not { } name || name is { Grade: 0, EntryYear: 0 })
                    continue;
                if (found is not null)
                    return found == name ? found : null;
                (found, from) = (name, to - 1);
                break;
            }
        return found;
    }

    /// <summary>Half width, one form of brackets, single spaces.</summary>
    public static string Normalize(string typed)
    {
        if (!AllowedCharacters.IsWellFormed(typed))
            return "";
        var text = new StringBuilder(typed.Normalize(NormalizationForm.FormKC));
        foreach (var bracket in "[【〔《「{")
            text.Replace(bracket, '(');
        foreach (var bracket in "]】〕》」}")
            text.Replace(bracket, ')');
        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    private static (ClassName?, ClassDoubt)? Chinese(string text)
    {
        if (Graded().Match(text) is { Success: true } graded)
            return IsOneNumeral(graded) ? (null, ClassDoubt.Ambiguous) : Make(GradeNumber(graded), grade => new(
                ClassName.StageOf(grade), grade, 0, "", Number(graded) ?? 0), graded);
        if (Kindergarten().Match(text) is { Success: true } young)
            return Make(GradeNumber(young), grade => new(SchoolStage.Kindergarten, grade, 0, "", Number(young) ?? 0), young);
        if (OfYear().Match(text) is { Success: true } entered)
            return Make(Year(entered), year => new(StageOf(entered.Groups["stage"].Value), 0, year, Label(entered), Number(entered) ?? 0),
                entered);
        if (NamedInGrade().Match(text) is { Success: true } within)
            return Make(GradeNumber(within), grade => new(ClassName.StageOf(grade), grade, 0, Label(within), Number(within) ?? 0), within);
        if (OnlyNumerals().IsMatch(text))
            return (null, ClassDoubt.Ambiguous);
        return Named().Match(text) is { Success: true } named
            ? Make(0, _ => new(SchoolStage.Unknown, 0, 0, Label(named), Number(named) ?? 0), named)
            : null;
    }

    private static (ClassName?, ClassDoubt)? English(string text)
    {
        if (EnglishGraded().Match(text) is { Success: true } graded)
            return Make(GradeNumber(graded), grade => new(ClassName.StageOf(grade), grade, 0, Label(graded), Number(graded) ?? 0), graded);
        if (EnglishYear().Match(text) is { Success: true } entered)
            return Make(Year(entered), year => new(StageOf(entered.Groups["stage"].Value), 0, year, Label(entered), Number(entered) ?? 0),
                entered);
        return EnglishNamed().Match(text) is { Success: true } named
            ? Make(0, _ => new(SchoolStage.Unknown, 0, 0, Label(named), Number(named) ?? 0), named)
            : null;
    }

    /// <summary>The name if all of its parts are in their ranges and say which class it is.</summary>
    private static (ClassName?, ClassDoubt)? Make(int? of, Func<int, ClassName> make, Match match)
    {
        if (of is not { } value || (match.Groups["num"].Success && Number(match) is null or < 1 or > ClassName.MaxNumber))
            return (null, ClassDoubt.OutOfRange);
        var name = make(value);
        if (name.Label.Length > ClassName.LabelMaxLength || (name.Label.Length > 0 && !IsLabel(name)))
            return (null, ClassDoubt.Unreadable);
        return name is { Number: 0, Label: "", Grade: >= 0 } ? (null, ClassDoubt.NoNumber) : (name, ClassDoubt.None);
    }

    /// <summary>A label ends before the number begins, and is none of the words that begin another kind of name.</summary>
    private static bool IsLabel(ClassName name) => !ChineseNumerals.IsNumeral(name.Label[^1]) && name.Label.Any(char.IsLetter)
        && name.Label is not ("初" or "高" or "小学" or "初中" or "高中" or "中职" or "年" or "第" or "本");

    /// <summary>七十一班, 高11班: the grade and the number together are one numeral.</summary>
    private static bool IsOneNumeral(Match graded)
    {
        var (said, number) = (SaidNumber(graded), graded.Groups["num"]);
        return number.Index == said.Index + said.Length && ChineseNumerals.Read(said.Value + number.Value) is not null
            && !(graded.Groups["of"].Success && !char.IsAsciiDigit(said.Value[0])); // 初一十班
    }

    private static Group SaidNumber(Match match) =>
        match.Groups["ord"] is { Success: true } ordinal ? ordinal : match.Groups["bare"];

    private static int? Number(Match match) =>
        match.Groups["num"] is { Success: true } number ? ChineseNumerals.Read(number.ValueSpan) : null;

    private static string Label(Match match) => match.Groups["label"].Value;

    private static int Year(Match match) =>
        match.Groups["year"].Value is { Length: 2 } brief ? ClassName.MinEntryYear + int.Parse(brief, Invariant)
            : int.Parse(match.Groups["year"].ValueSpan, Invariant);

    private static int? GradeNumber(Match match)
    {
        if (match.Groups["young"] is { Success: true } young)
            return YoungGrades[young.Value];
        var number = ChineseNumerals.Read(SaidNumber(match).ValueSpan);
        var (first, last) = match.Groups["of"].Value switch
        {
            "小学" => (1, 6),
            "初" or "初中" => (7, 9),
            "高" or "高中" => (10, 12),
            _ => (1, ClassName.LastGrade),
        };
        var grade = first > 1 && number <= 3 ? number + first - 1 : number;
        return grade >= first && grade <= last ? grade : null;
    }

    private static SchoolStage StageOf(string word) => word.ToLowerInvariant() switch
    {
        "幼" or "kindergarten" => SchoolStage.Kindergarten,
        "小" or "小学" or "primary" => SchoolStage.Primary,
        "初" or "初中" or "junior" => SchoolStage.Junior,
        "高" or "高中" or "senior" => SchoolStage.Senior,
        "中职" or "职高" or "vocational" => SchoolStage.Vocational,
        _ => SchoolStage.Unknown,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\d{1,4}\s?[-./–—]\s?\d{1,2}(?:[-./–—]\d{1,4})?$|^\d{1,2}月\d{1,2}日?$")]
    private static partial Regex DateLike();

    [GeneratedRegex("^(?:第?[" + ChineseNumerals.Characters + "]+班?|[" + ChineseNumerals.Characters + @"]+\s?\([^)]*\)班?)$")]
    private static partial Regex OnlyNumerals();

    [GeneratedRegex("^(?:" + SaidGrade + "|(?<bare>十[一二]|[一二三四五六七八九])|(?:幼儿园)?(?<young>[托小中大])班?)$")]
    private static partial Regex JustGrade();

    [GeneratedRegex(@"^(?<stage>小学?|初中?|高中?|中职|职高|幼)?(?<year>20\d\d|\d\d)级" + Name + "?$")]
    private static partial Regex JustYear();

    /// <summary>七（3）班, 七年级3班, 初一（2）班, 七3, 七-3; with an Arabic grade only where a bracket or 班 tells it from another number.</summary>
    [GeneratedRegex("^(?:" + SaidGrade + "[-–—]?" + Numbered + "|(?<bare>十[一二]|[一二三四五六七八九])" + "[-–—]?" + Numbered
        + @"|(?<ord>\d{1,2})(?:\s?\(\s?(?<num>" + N + @")\s?\)\s?班?|[-.–—](?<num>" + N + ")班))$")]
    private static partial Regex Graded();

    [GeneratedRegex("^(?:幼儿园)?(?<young>[托小中大])(?:班|" + Numbered + @"|班\s?\((?<num>" + N + @")\)班?|班\s?(?<num>" + N + ")班)$")]
    private static partial Regex Kindergarten();

    [GeneratedRegex(@"^(?<stage>小学?|初中?|高中?|中职|职高|幼)?(?<year>20\d\d|\d\d)级\s?" + Name + "??(?:" + Numbered + @"|\s?班)$")]
    private static partial Regex OfYear();

    [GeneratedRegex("^" + SaidGrade + @"\s?\(?" + Name + @"\)?(?:\s?\(?(?<num>" + N + @")\)?)?\s?班$")]
    private static partial Regex NamedInGrade();

    [GeneratedRegex("^" + Name + @"??(?:\s?\((?<num>" + N + @")\)|(?<num>" + N + @"))?\s?班$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^grade (?<ord>\d{1,2}),?(?: " + Name + @")?? class(?: (?<num>\d{1,3}))?$"
        + @"|^(?<young>nursery|k[123])(?: class (?<num>\d{1,3}))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishGraded();

    [GeneratedRegex(@"^(?:(?<stage>kindergarten|primary|junior|senior|vocational) )?(?<year>20\d\d) entry(?: " + Name
        + @")?? class(?: (?<num>\d{1,3}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishYear();

    [GeneratedRegex("^" + Name + @" class(?: (?<num>\d{1,3}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishNamed();
}
