using SafetyCampaign.Drawing;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Text that is made to fit its box.</summary>
public sealed class ParagraphTests
{
    [Fact]
    public void Words_of_a_long_line_go_onto_the_next_one_and_stay_as_large()
    {
        const string words = "Above all I will teach my child that when a friend is drowning, nobody rushes to the rescue";
        var block = TextBlock.Fit(words, Fonts.Regular, 400, float.PositiveInfinity, 20);
        Assert.Equal(20, block.Size);
        Assert.InRange(block.Height / (1.4 * 20), 2, 4);
    }
}
