using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>A guardian who typed no name is called after the child, in the reader's language; everybody else by name.</summary>
public sealed class SignerNameTests
{
    [Theory]
    [InlineData("王小明", GuardianRelation.Grandmother, "zh-CN", "王小明的奶奶／外婆", "王**的奶奶／外婆")]
    [InlineData("Wang Xiaoming", GuardianRelation.Grandmother, "en", "grandmother of Wang Xiaoming", "grandmother of W**")]
    [InlineData("王芳", GuardianRelation.Other, "zh-CN", "王芳的监护人或亲属", "王*的监护人或亲属")]
    [InlineData("7", GuardianRelation.Father, "zh-CN", "7号学生的爸爸", "*的爸爸")]
    [InlineData("7", GuardianRelation.Mother, "en", "mother of pupil no. 7", "mother of *")]
    [InlineData("", GuardianRelation.Grandfather, "zh-CN", "学生的爷爷／外公", "学生的爷爷／外公")]
    [InlineData("", GuardianRelation.Grandfather, "en", "grandfather of a pupil", "grandfather of a pupil")]
    public void Who_typed_no_name_is_called_after_the_child(
        string child, GuardianRelation relation, string language, string shown, string masked)
    {
        var reader = CultureInfo.GetCultureInfo(language);

        Assert.Equal(shown, SignerName.Of(child, relation, SignatureKind.HandwrittenName, reader));
        Assert.Equal(masked, SignerName.Mask(child, relation, SignatureKind.HandwrittenName, reader));
    }

    [Theory]
    [InlineData(SignatureKind.Handwritten)]
    [InlineData(SignatureKind.Typed)]
    [InlineData(SignatureKind.OnPaper)]
    [InlineData(SignatureKind.Mark)]
    public void Whoever_has_a_name_is_called_by_it(SignatureKind kind)
    {
        Assert.Equal("王芳", SignerName.Of("王芳", GuardianRelation.Mother, kind));
        Assert.Equal("王*", SignerName.Mask("王芳", GuardianRelation.Mother, kind));
    }

    [Fact]
    public void What_was_erased_has_no_name() =>
        Assert.Null(SignerName.Of(null, GuardianRelation.Mother, SignatureKind.HandwrittenName));
}
