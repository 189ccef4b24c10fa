using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>That all who apply the rule agree is shown in Tallying/CountingRuleTests.</summary>
public sealed partial class CountingRuleTests
{
    /// <summary>A line that asks for two of the three facts on which counting rests is a second copy of the rule.</summary>
    [Fact]
    public void The_rule_is_written_in_one_place() =>
        Assert.Equal(["Campaigns/CountingRule.cs"], Source.Files(".cs", ".cshtml")
            .Where(file => !file.Path.Contains("/Migrations/") && file.Text.Split('\n').Any(line => FactAsked().Count(line) > 1))
            .Select(file => file.Path));

    [GeneratedRegex("""\b(WithdrawnAt|InvalidatedAt|CountedWith)\b"?\s*(==|!=|is|IS)\s+(not |NOT )?(null|NULL)""")]
    private static partial Regex FactAsked();
}
