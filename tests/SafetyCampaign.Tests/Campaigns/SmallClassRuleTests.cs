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
}
