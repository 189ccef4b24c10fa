using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class EventCodeTests
{
    [Fact]
    public void A_new_code_reads_back_as_itself()
    {
        for (var i = 0; i < 200; i++)
        {
            var code = EventCode.New();
            Assert.True(EventCode.TryParse(code, out var read));
            Assert.Equal(code, read);
            Assert.Equal(EventCode.Length, code.Length);
        }
    }

    [Theory]
    [InlineData("dem001", "DEM001")]
    [InlineData("DEMO0I", "DEM001")]
    [InlineData("demool", "DEM001")]
    [InlineData(" dem-001 ", "DEM001")]
    [InlineData("DEM 001", "DEM001")]
    [InlineData("ＤＥＭ　００１", "DEM001")]
    [InlineData("dem—001", "DEM001")]
    public void Any_case_and_width_and_the_letters_people_mistake_are_accepted(string typed, string code)
    {
        Assert.True(EventCode.TryParse(typed, out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("      ")]
    [InlineData("DEM00")]
    [InlineData("DEM0011")]
    [InlineData("DEM00U")]
    [InlineData("DEM00*")]
    [InlineData("DEM00\0")]
    [InlineData("- - - - - - - DEM001")]
    public void What_cannot_be_a_code_is_refused(string? typed)
    {
        Assert.False(EventCode.TryParse(typed, out var code));
        Assert.Null(code);
    }

    [Fact]
    public void No_character_outside_ascii_stands_for_one_inside()
    {
        for (var c = '\u0080'; c < char.MaxValue; c++)
            Assert.Equal(-1, Crockford.ValueOf(c));
    }
}
