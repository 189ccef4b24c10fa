using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// A class of a school. Grades count through: 1-6 primary, 7-9 junior (初一 to 初三), 10-12 senior (高一 to 高三).
/// </summary>
public sealed class ClassGroup
{
    /// <summary>Pupils up to this grade are treated as under 14 and need a guardian's consent (children's rules 8-10; docs/domain.md 6).</summary>
    public const int LastGradeNeedingGuardian = 9;

    public const int LastGrade = 12;
    public const int MaxNumber = 99;
    public const int MaxPupils = 99;

    private ClassGroup()
    {
    }

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

    public int Id { get; private set; }
    public int SchoolId { get; private set; }
    public Organization School { get; private set; } = null!;
    public int Grade { get; private set; }
    public int Number { get; private set; }

    /// <summary>How many pupils the class has, 1-99; null where nobody has said.</summary>
    public int? Expected { get; private set; }

    public bool NeedsGuardian => Grade <= LastGradeNeedingGuardian;

    public void Expect(int? pupils)
    {
        if (pupils is < 1 or > MaxPupils)
            throw new ArgumentOutOfRangeException(nameof(pupils), pupils, $"A class has 1 to {MaxPupils} pupils.");
        Expected = pupils;
    }

    /// <summary>As a school writes it: 五（1）班, 七（3）班, 高一（2）班; in English "Grade 5 Class 1".</summary>
    public static string NameOf(int grade, int number, CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "en"
            ? $"Grade {grade} Class {number}"
            : $"{ChineseGrade(grade)}（{number}）班";

    private static string ChineseGrade(int grade) =>
        grade <= LastGradeNeedingGuardian ? "一二三四五六七八九"[grade - 1].ToString() : "高" + "一二三"[grade - 10];
}
