using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>From how many pupils on the public is told a class's numbers.</summary>
public sealed class SmallClassRuleTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(45, false)]
    [InlineData(null, false)]
    public void A_class_of_fewer_than_five_pupils_is_small_and_one_of_unknown_size_is_not(int? pupils, bool small) =>
        Assert.Equal(small, SmallClassRule.IsSmall(pupils));

    [Theory]
    [InlineData("45 3 28 30", "2 3")] // the smallest other
    [InlineData("45 3 4 30", "2 3")] // the two hide each other
    [InlineData("45 5 28 30", "")]
    [InlineData("45 3 28 28", "2 3")] // of two as small the first
    [InlineData("? 3 28", "2 3")] // a size that is known before one that is not
    [InlineData("? 3 ?", "1 2")]
    [InlineData("3", "1")] // nothing to hide it among
    [InlineData("", "")]
    public void One_small_class_is_not_told_by_what_the_totals_leave_over(string pupils, string untold)
    {
        var classes = pupils.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((size, i) => (i + 1, size == "?" ? null : (int?)int.Parse(size))).ToList();

        Assert.Equal(untold, string.Join(' ', SmallClassRule.Untold(classes).Order()));
    }
}
