using System.Globalization;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What a doubtful class may have meant (docs/domain.md 8): 3-1, of which a sheet's program makes a date; 1.1, which may have been
/// 1.10; 501; 十一班. Somebody chooses; nothing is guessed.
/// </summary>
public static partial class ClassProposals
{
    /// <summary>The classes that a text may mean, in a school of a stage.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="isNumber">The sheet holds a number, which keeps no zero at its end: 1.1 may have been 1.10.</param>
    /// <param name="stage">That of the school; <see cref="SchoolStage.Unknown"/> where it has several.</param>
    public static IReadOnlyList<ClassName> Of(string text, bool isNumber, SchoolStage stage)
    {
        var read = ClassNameReader.Normalize(text);
        var pairs = new List<(int Grade, int Number)>();
        if (Date().Match(read) is { Success: true } date)
            pairs.Add((Number(date, "month"), Number(date, "day")));
        else if (Pair().Match(read) is { Success: true } pair)
        {
            pairs.Add((Number(pair, "grade"), Number(pair, "number")));
            if (isNumber && pair.Groups["number"].Length == 1)
                pairs.Add((Number(pair, "grade"), 10 * Number(pair, "number")));
        }
        else if (Together().Match(read) is { Success: true } together)
            pairs.Add((Number(together, "grade"), Number(together, "number")));
        else if (ClassNameReader.Read(read).Name is { Grade: > 0, Label: "" } other)
            pairs.Add((other.Grade, other.Number));
        else if (TwoNumerals().Match(read) is { Success: true } chinese)
            pairs.Add((ChineseNumerals.Read(chinese.Groups["grade"].ValueSpan) ?? 0,
                ChineseNumerals.Read(chinese.Groups["number"].ValueSpan) ?? 0));
        return [.. pairs.SelectMany(pair => Grades(pair.Grade, stage).Where(_ => pair.Number is >= 1 and <= ClassName.MaxNumber)
            .Select(grade => ClassName.OfGrade(grade, pair.Number))).Distinct()];
    }

    /// <summary>Whether a class of a grade is one that a school of a stage has: 三（2）班 of a junior school may be 初三（2）班.</summary>
    public static bool Fits(ClassName name, SchoolStage stage) =>
        name.Grade == 0 || stage is SchoolStage.Unknown or SchoolStage.Vocational || name.Stage == stage;

    private static IEnumerable<int> Grades(int said, SchoolStage stage) => stage switch
    {
        SchoolStage.Primary => Within(said, 1, 6),
        SchoolStage.Junior => said <= 3 ? Within(said + 6, 7, 9) : Within(said, 7, 9),
        SchoolStage.Senior or SchoolStage.Vocational => said <= 3 ? Within(said + 9, 10, 12) : Within(said, 10, 12),
        SchoolStage.Kindergarten => Within(-said, -3, -1),
        _ => said is >= 1 and <= 3 ? [said, said + 6, said + 9] : Within(said, 1, ClassName.LastGrade),
    };

    private static IEnumerable<int> Within(int grade, int first, int last) => grade >= first && grade <= last ? [grade] : [];

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}[-/.]0?(?<month>\d{1,2})[-/.]0?(?<day>\d{1,2})$|^(?<month>\d{1,2})月(?<day>\d{1,2})日?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^0?(?<grade>\d{1,2})\s?[-./–—]\s?0?(?<number>\d{1,2})$")]
    private static partial Regex Pair();

    [GeneratedRegex(@"^(?<grade>1[0-2]|[1-9])(?<number>\d\d)班?$")]
    private static partial Regex Together();

    [GeneratedRegex("^(?<grade>[一二三四五六七八九])(?<number>十[一二三四五六七八九]?|[一二三四五六七八九])班?$")]
    private static partial Regex TwoNumerals();
}
