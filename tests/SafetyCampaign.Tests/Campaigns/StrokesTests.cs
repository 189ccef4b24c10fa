using System.Buffers.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class StrokesTests
{
    [Fact]
    public void A_signature_from_the_pad_is_accepted() =>
        Assert.Equal(StrokesProblem.None, Strokes.Check(Base64Url.DecodeFromChars(Ink.Signature)));
}
