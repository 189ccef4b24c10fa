using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>Words of a pledge that read like a waiver.</summary>
public sealed class LiabilityWordingTests
{
    [Theory]
    [InlineData("发生意外责任自负", "责任自负")]
    [InlineData("擅自下水，后果自负。", "后果自负")]
    [InlineData("家长承担一切责任", "一切责任")]
    [InlineData("如发生意外，与学校、社区无关。", "与学校、社区无关")]
    [InlineData("学校不承担任何责任", "不承担任何责任")]
    [InlineData("防溺水安全责任书", "责任书")]
    [InlineData("学校免责，后果自负；学校免责", "免责|后果自负")]
    [InlineData("损失由家长自行承担", "自行承担")]
    [InlineData("I swim AT MY OWN RISK", "AT MY OWN RISK")]
    [InlineData("A waiver of liability", "waiver|liability")]
    [InlineData("不与他人结伴游泳，这与成绩无关紧要", "")]
    [InlineData("Reliable adults go along", "")]
    [InlineData(null, "")]
    public void They_are_found_as_they_stand_each_once(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', LiabilityWording.In(text)));

    [Fact]
    public void No_official_text_and_no_official_translation_holds_one()
    {
        var official = Enum.GetValues<SignerRole>().SelectMany(OfficialTexts.For).ToList();

        Assert.All(official, wording => Assert.Empty(LiabilityWording.In(wording)));
        Assert.All(official.SelectMany(OfficialTexts.TranslationsOf),
            translation => Assert.Empty(LiabilityWording.In(translation.Wording)));
        Assert.All(official, wording => Assert.True(LiabilityWording.IsDisclaimedIn(wording)));
    }
}
