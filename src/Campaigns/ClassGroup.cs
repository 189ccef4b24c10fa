using System.Collections.Concurrent;
using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// A class of a school. Grades count through: 1-6 primary, 7-9 junior (初一 to 初三), 10-12 senior (高一 to 高三).
/// </summary>
public sealed class ClassGroup
{
    /// <summary>
    /// Pupils up to this grade are treated as under 14 and need a guardian's consent (children's rules 8-10; docs/domain.md
    /// 6).
    /// </summary>
    public const int LastGradeNeedingGuardian = 9;

    /// <summary>Grade 12 is 高三 (docs/domain.md 8).</summary>
    public const int LastGrade = 12;

    /// <summary>Highest number of a class within its grade.</summary>
    public const int MaxNumber = 99;

    /// <summary>Most pupils of one class.</summary>
    public const int MaxPupils = 99;

    private static readonly ConcurrentDictionary<(string Language, int Grade, int Number), (string Full, string Brief)> Names = new();

    private ClassGroup()
    {
    }

    /// <summary>A class of a school.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Grade, number or expected pupils are out of their range.</exception>
    public ClassGroup(Organization school, int grade, int number, int? expected = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grade, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grade, LastGrade);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        School = school;
        Grade = grade;
        Number = number;
        Expect(expected);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="School"/>.</summary>
    public int SchoolId { get; private set; }

    /// <summary>An organization of kind <see cref="OrganizationKind.School"/>.</summary>
    public Organization School { get; private set; } = null!;

    /// <summary>1 to <see cref="LastGrade"/>.</summary>
    public int Grade { get; private set; }

    /// <summary>From 1; one class a number within a grade of a school.</summary>
    public int Number { get; private set; }

    /// <summary>How many pupils the class has, 1-99; null where nobody has said.</summary>
    public int? Expected { get; private set; }

    /// <summary>Whether a pupil of it signs only together with a consenting guardian (docs/domain.md 6).</summary>
    public bool NeedsGuardian => Grade <= LastGradeNeedingGuardian;

    /// <summary>Sets <see cref="Expected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 99.</exception>
    public void Expect(int? pupils)
    {
        if (pupils is < 1 or > MaxPupils)
            throw new ArgumentOutOfRangeException(nameof(pupils), pupils, $"A class has 1 to {MaxPupils} pupils.");
        Expected = pupils;
    }

    /// <summary>As a school writes it: 五（1）班, 七（3）班, 高一（2）班; in English "Grade 5 Class 1". Cached: a tally names every class.</summary>
    /// <param name="grade">1-12, counted through.</param>
    /// <param name="number">1 to <see cref="MaxNumber"/>.</param>
    /// <param name="culture">The reader's language; one without resources of its own is answered in the default language.</param>
    public static string NameOf(int grade, int number, CultureInfo culture) => NamesOf(grade, number, culture).Full;

    /// <summary>Brief, to be read from afar: 五1班; in English 5-1.</summary>
    public static string BriefNameOf(int grade, int number, CultureInfo culture) => NamesOf(grade, number, culture).Brief;

    private static (string Full, string Brief) NamesOf(int grade, int number, CultureInfo culture) =>
        Names.GetOrAdd((culture.Name, grade, number), static (_, asked) => (
            Write(asked.culture, "Class.Name", asked.grade, asked.number), Write(asked.culture, "Class.Brief", asked.grade, asked.number)),
            (culture, grade, number));

    private static string Write(CultureInfo culture, string pattern, int grade, int number) =>
        string.Format(culture, CampaignsText.In(culture, pattern), CampaignsText.In(culture, $"Grade.{grade}"), number);
}
