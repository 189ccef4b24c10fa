using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class ClassGroupTests
{
    private readonly Organization school = new("大塘冲小学", OrganizationKind.School);

    [Theory]
    [InlineData(1, 1, "一（1）班", "Grade 1 Class 1")]
    [InlineData(5, 12, "五（12）班", "Grade 5 Class 12")]
    [InlineData(7, 3, "七（3）班", "Grade 7 Class 3")]
    [InlineData(9, 1, "九（1）班", "Grade 9 Class 1")]
    [InlineData(10, 2, "高一（2）班", "Grade 10 Class 2")]
    [InlineData(12, 9, "高三（9）班", "Grade 12 Class 9")]
    public void A_class_is_named_as_its_school_writes_it(int grade, int number, string chinese, string english)
    {
        Assert.Equal(chinese, ClassGroup.NameOf(grade, number, new CultureInfo("zh-CN")));
        Assert.Equal(english, ClassGroup.NameOf(grade, number, new CultureInfo("en")));
    }

    [Theory]
    [InlineData(5, 1, "五1班", "5-1")]
    [InlineData(11, 12, "高二12班", "11-12")]
    public void On_the_stage_a_class_is_named_briefly(int grade, int number, string chinese, string english)
    {
        Assert.Equal(chinese, ClassGroup.BriefNameOf(grade, number, new CultureInfo("zh-CN")));
        Assert.Equal(english, ClassGroup.BriefNameOf(grade, number, new CultureInfo("en-GB")));
    }

    [Fact]
    public void In_a_language_without_words_of_its_own_a_class_has_its_schools_name() =>
        Assert.Equal("五（1）班", ClassGroup.NameOf(5, 1, new CultureInfo("cy")));

    [Theory]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(12, false)]
    public void Up_to_grade_nine_a_guardian_is_needed(int grade, bool needed) =>
        Assert.Equal(needed, new ClassGroup(school, grade, 1).NeedsGuardian);

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(13, 1, null)]
    [InlineData(5, 0, null)]
    [InlineData(5, 100, null)]
    [InlineData(5, 1, 0)]
    [InlineData(5, 1, 100)]
    public void Classes_that_cannot_be_are_refused(int grade, int number, int? expected) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassGroup(school, grade, number, expected));
}
