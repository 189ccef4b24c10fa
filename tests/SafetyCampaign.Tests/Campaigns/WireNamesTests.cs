using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed partial class WireNamesTests
{
    [Fact]
    public void A_value_is_written_in_lower_case_and_read_in_any()
    {
        Assert.Equal(["student", "guardian", "teacher", "volunteer"], Enum.GetValues<SignerRole>().Select(role => role.WireName()));
        foreach (var role in Enum.GetValues<SignerRole>())
        {
            Assert.True(WireNames.TryRead<SignerRole>(role.ToString().ToUpperInvariant(), out var read));
            Assert.Equal(role, read);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("student,guardian")]
    [InlineData(" student")]
    public void What_is_no_name_is_not_read(string? text) => Assert.False(WireNames.TryRead<SignerRole>(text, out _));

    [Fact]
    public void A_name_is_made_in_one_place() =>
        Assert.Equal(["Campaigns/WireNames.cs"],
            Source.Files(".cs", ".cshtml").Where(file => LowerCaseOfAName().IsMatch(file.Text)).Select(file => file.Path));

    [GeneratedRegex(@"\.ToString\(\)\.ToLower(Invariant)?\(\)|Enum\.GetName(s)?\b")]
    private static partial Regex LowerCaseOfAName();
}
