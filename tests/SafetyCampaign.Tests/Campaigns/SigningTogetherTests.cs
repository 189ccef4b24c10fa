using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>How many sign together is said once.</summary>
public sealed partial class SigningTogetherTests
{
    /// <summary>Whoever changes it changes the words as well: Error.TooManySigners and the API's description say "four".</summary>
    [Fact]
    public void Four_may_sign_together() => Assert.Equal(4, Pledge.MaxSigners);

    [Fact]
    public void No_room_and_no_script_has_a_number_of_its_own() =>
        Assert.Equal(["Campaigns/Pledge.cs"], Source.Files(".cs", ".ts").Where(f => OwnNumber().IsMatch(f.Text)).Select(f => f.Path));

    [GeneratedRegex(@"\w*Signers\w*\s*=\s*\d", RegexOptions.IgnoreCase)]
    private static partial Regex OwnNumber();
}
