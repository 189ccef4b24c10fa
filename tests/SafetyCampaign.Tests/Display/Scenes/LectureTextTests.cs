using System.Globalization;
using System.Resources;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;

namespace SafetyCampaign.Tests.Display.Scenes;

/// <summary>The lecture's words.</summary>
public sealed class LectureTextTests
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Each_card_has_as_many_points_as_the_host_takes_steps(string language)
    {
        var words = new ResourceManager(typeof(LectureText));
        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var card in Enum.GetValues<LectureCard>())
            Assert.Equal(LectureCardContent.MaxPoints, words.GetString($"Card.{card}.Points", culture)!.Split('\n').Length);
    }
}
