using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>The languages of translations: their tags and directions.</summary>
public sealed class TranslationLanguagesTests
{
    [Theory]
    [InlineData("ug", "ug", TextDirection.RightToLeft)]
    [InlineData(" UG ", "ug", TextDirection.RightToLeft)]
    [InlineData("bo", "bo", TextDirection.LeftToRight)]
    [InlineData("MN-mong", "mn-Mong", TextDirection.Vertical)]
    [InlineData("mn-Mong-CN", "mn-Mong-CN", TextDirection.Vertical)]
    [InlineData("mn", "mn", TextDirection.LeftToRight)]
    [InlineData("kk-arab", "kk-Arab", TextDirection.RightToLeft)]
    [InlineData("kk", "kk", TextDirection.LeftToRight)]
    [InlineData("ug-Latn", "ug-Latn", TextDirection.LeftToRight)]
    [InlineData("AR-eg", "ar-EG", TextDirection.RightToLeft)]
    [InlineData("za", "za", TextDirection.LeftToRight)]
    [InlineData("es-419", "es-419", TextDirection.LeftToRight)]
    [InlineData("sl-rozaj", "sl-rozaj", TextDirection.LeftToRight)]
    [InlineData("sl-1994", "sl-1994", TextDirection.LeftToRight)]
    public void A_tag_is_read_in_any_case_and_tells_the_usual_direction(string typed, string tag, TextDirection direction)
    {
        Assert.True(TranslationLanguages.TryReadTag(typed, out var read));
        Assert.Equal(tag, read);
        Assert.Equal(direction, TranslationLanguages.DirectionOf(read));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("维吾尔语")]
    [InlineData("u")]
    [InlineData("ug_CN")]
    [InlineData("ug-")]
    [InlineData("ug onclick")]
    [InlineData("x-mine")]
    [InlineData("english")]
    [InlineData("aa-abcdefgh-abcdefgh-abcdefgh-abcdefgh")]
    [InlineData("zh")]
    [InlineData("zh-CN")]
    [InlineData("ZH-Hant")]
    public void What_is_no_tag_and_the_language_of_the_pledge_itself_are_refused(string? typed)
    {
        Assert.False(TranslationLanguages.TryReadTag(typed, out var tag));
        Assert.Equal("", tag);
    }

    [Fact]
    public void Each_offered_language_can_be_chosen_and_has_a_name_of_its_own()
    {
        Assert.All(TranslationLanguages.Offered, offered =>
        {
            Assert.True(TranslationLanguages.TryReadTag(offered.Tag, out var tag));
            Assert.Equal(offered.Tag, tag);
            Assert.Equal(offered.Name, TranslationLanguages.NameOf(offered.Tag));
        });
        Assert.Equal("xqz", TranslationLanguages.NameOf("xqz"));
    }
}
