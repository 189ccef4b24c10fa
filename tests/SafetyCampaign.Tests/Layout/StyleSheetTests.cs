using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Layout;

/// <summary>What no tool says of a style sheet.</summary>
public sealed partial class StyleSheetTests
{
    private const string Kept = "forced-color-adjust: none";

    /// <summary>A custom property that nothing declares makes the whole declaration void, without a word from any tool.</summary>
    [Fact]
    public void Every_custom_property_that_is_used_without_a_fallback_is_declared()
    {
        var declared = Source.Files(".css").SelectMany(file => Declared().Matches(file.Text))
            .Concat(Source.Files(".ts", ".cshtml").SelectMany(file => SetByScript().Matches(file.Text)))
            .Select(match => match.Groups[1].Value).ToHashSet();

        var missing = Source.Files(".css")
            .SelectMany(file => Used().Matches(file.Text).Select(match => (file.Path, Name: match.Groups[1].Value)))
            .Where(use => !declared.Contains(use.Name));

        Assert.Empty(missing);
    }

    /// <summary>Forced colours put a dark ground under a code; it stays black then, and no phone reads it.</summary>
    [Fact]
    public void Every_code_on_a_page_keeps_its_colours_where_the_browser_forces_others()
    {
        // Scenes stand on the stage's page, which keeps its own colours as a whole (StagePage.css).
        var forced = Source.Files(".css").Where(file => Code().IsMatch(file.Text) && !file.Text.Contains(Kept, StringComparison.Ordinal)
            && !file.Path.StartsWith("Display/Scenes/", StringComparison.Ordinal));

        Assert.Empty(forced.Select(file => file.Path));
    }

    [GeneratedRegex(@"\.qr \{")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=[{;\s])(--[\w-]+)\s*:")]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?:setProperty\('|style="")(--[\w-]+)")]
    private static partial Regex SetByScript();

    [GeneratedRegex(@"var\(\s*(--[\w-]+)\s*\)")]
    private static partial Regex Used();
}
