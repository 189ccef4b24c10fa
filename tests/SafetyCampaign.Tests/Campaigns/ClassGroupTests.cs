using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class ClassGroupTests
{
    private readonly Organization school = new("大塘冲小学", OrganizationKind.School);

    [Fact]
    public void The_stage_of_its_school_decides_of_a_class_without_a_grade()
    {
        var entered = new ClassGroup(school, ClassName.OfYear(2024, "护理", 3));
        Assert.True(entered.NeedsGuardian);

        school.SetStage(SchoolStage.Vocational);

        Assert.False(entered.NeedsGuardian);
        Assert.True(new ClassGroup(school, 9, 1).NeedsGuardian);
        Assert.False(new ClassGroup(school, 10, 1).NeedsGuardian);
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(13, 1, null)]
    [InlineData(5, 0, null)]
    [InlineData(5, 101, null)]
    [InlineData(5, 1, 0)]
    [InlineData(5, 1, 100)]
    public void Classes_that_cannot_be_are_refused(int grade, int number, int? expected) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassGroup(school, grade, number, expected));

    [Fact]
    public void Classes_have_a_size_together_only_where_each_of_them_has_one()
    {
        Assert.Equal(85, ClassGroup.Together([40, 45]));
        Assert.Null(ClassGroup.Together([40, null]));
        Assert.Null(ClassGroup.Together([]));
    }
}
