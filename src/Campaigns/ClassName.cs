using System.Diagnostics.CodeAnalysis;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What a class is called (docs/domain.md 8): by grade and number (五（1）班, 大班), by year of entry (2023级3班, 2024级护理3班), or by a
/// name (实验班, 高一实验2班). Of what it is not called by, the number is 0 and the text empty.
/// </summary>
/// <param name="Stage">That of the grade; without a grade as it is written (高2024级3班), or <see cref="SchoolStage.Unknown"/>.</param>
/// <param name="Grade">Counts through: -4 to -1 are 托班, 小班, 中班, 大班; 1-6 primary, 7-9 junior, 10-12 senior. 0 for none.</param>
/// <param name="EntryYear">The year in which its pupils came to the school; 0 for none.</param>
/// <param name="Label">
/// The trade (护理) or the name (实验), without 班; empty for none. At most <see cref="LabelMaxLength"/> UTF-16 units.
/// </param>
/// <param name="Number">1 to <see cref="MaxNumber"/>; 0 where there is only one.</param>
public sealed record ClassName(SchoolStage Stage, int Grade, int EntryYear, string Label, int Number)
{
    /// <summary>Pupils up to this grade are treated as under 14 and need a guardian's consent (children's rules 8-10; docs/domain.md
    /// 6).</summary>
    public const int LastGradeNeedingGuardian = 9;

    /// <summary>托班, the youngest (docs/domain.md 8).</summary>
    public const int FirstGrade = -4;

    /// <summary>Grade 12 is 高三 (docs/domain.md 8).</summary>
    public const int LastGrade = 12;

    /// <summary>Highest number of a class within its grade.</summary>
    public const int MaxNumber = 100;

    /// <summary>Longest <see cref="Label"/>, in UTF-16 units.</summary>
    public const int LabelMaxLength = 20;

    /// <summary>Earliest <see cref="EntryYear"/>; two digits stand for this century.</summary>
    public const int MinEntryYear = 2000;

    /// <summary>Latest <see cref="EntryYear"/>.</summary>
    public const int MaxEntryYear = 2099;

    /// <summary>五（1）班; with number 0 大班, which only a kindergarten has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Grade or number are out of their range.</exception>
    public static ClassName OfGrade(int grade, int number) => Check(new(StageOf(grade), grade, 0, "", number));

    /// <summary>高一实验班, and with a number 高一实验2班.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is out of its range.</exception>
    public static ClassName OfGrade(int grade, string label, int number = 0) => Check(new(StageOf(grade), grade, 0, label, number));

    /// <summary>2023级3班, 2024级护理3班, 高2024级3班.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is out of its range.</exception>
    public static ClassName OfYear(int entryYear, string label, int number, SchoolStage stage = SchoolStage.Unknown) =>
        Check(new(stage, 0, entryYear, label, number));

    /// <summary>实验班, and with a number 育才2班.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is out of its range, or the label reads as something else.</exception>
    public static ClassName Named(string label, int number = 0) => Check(new(SchoolStage.Unknown, 0, 0, label, number));

    /// <summary>Reads what somebody typed; see <see cref="ClassNameReader"/>.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out ClassName? name) =>
        (name = ClassNameReader.Read(typed ?? "").Name) is not null;

    /// <summary>The stage of a grade.</summary>
    public static SchoolStage StageOf(int grade) => grade switch
    {
        0 => SchoolStage.Unknown,
        < 0 => SchoolStage.Kindergarten,
        <= 6 => SchoolStage.Primary,
        <= 9 => SchoolStage.Junior,
        _ => SchoolStage.Senior,
    };

    /// <summary>
    /// Whether a pupil of it signs only together with a consenting guardian (docs/domain.md 6): up to grade 9. A class without a grade
    /// goes by its stage, or else by its school's; where neither is known, the careful rule holds.
    /// </summary>
    /// <param name="schoolStage">The stage of the whole school.</param>
    public bool NeedsGuardian(SchoolStage schoolStage) => Grade != 0
        ? Grade <= LastGradeNeedingGuardian
        : StageWithin(schoolStage) is not (SchoolStage.Senior or SchoolStage.Vocational);

    /// <summary>Its own stage, or else its school's.</summary>
    public SchoolStage StageWithin(SchoolStage schoolStage) => Stage == SchoolStage.Unknown ? schoolStage : Stage;

    /// <summary>
    /// The order in which a school lists its classes: younger before older, numbered before named; years of entry after the grades of
    /// their stage, the latest first; names of no grade last.
    /// </summary>
    public static IComparer<ClassName> SchoolOrder { get; } = Comparer<ClassName>.Create((one, other) =>
        one.Rank.CompareTo(other.Rank) is var rank and not 0 ? rank
        : string.CompareOrdinal(one.Label, other.Label) is var label and not 0 ? label
        : one.Number.CompareTo(other.Number));

    private (int Stage, int Grade, int Year) Rank =>
        (Stage == SchoolStage.Unknown ? EntryYear == 0 ? 100 : 99 : (int)Stage, Grade == 0 ? 100 : Grade, -EntryYear);

    /// <summary>The same, if it is a name that a class can have: in its range, and read as itself where it is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    internal static ClassName Check(ClassName name) => name.IsInRange && ClassNameReader.Read(name.Written).Name == name
        ? name
        : throw new ArgumentOutOfRangeException(nameof(name), name, "No class is called so.");

    private string Written => this.In(InterfaceLanguages.Default.Culture);

    private bool IsInRange => Grade is >= FirstGrade and <= LastGrade && Number is >= 0 and <= MaxNumber
        && EntryYear is 0 or (>= MinEntryYear and <= MaxEntryYear) && Label.Length <= LabelMaxLength;
}
