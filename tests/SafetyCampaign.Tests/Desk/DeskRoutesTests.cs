using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>The addresses of the desk stand in one place, and each leads to its page.</summary>
public sealed partial class DeskRoutesTests
{
    private const string PatternSuffix = "Pattern";

    private static readonly Dictionary<string, string> Constants = typeof(DeskRoutes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

    private static readonly Dictionary<string, MethodInfo> Methods = typeof(DeskRoutes)
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).ToDictionary(method => method.Name);

    /// <summary>What the methods are called with, by parameter.</summary>
    private static readonly Dictionary<string, object> Arguments = new()
    {
        ["asked"] = "guardian",
        ["card"] = "Float",
        ["classId"] = 11,
        ["code"] = "ABC123",
        ["format"] = "csv",
        ["id"] = 7,
        ["lecture"] = 12,
        ["pledge"] = 10L,
        ["role"] = SignerRole.Student,
        ["scene"] = 8,
        ["token"] = "secret",
        ["version"] = 9,
    };

    [Fact]
    public void Every_page_of_the_desk_is_listed_and_every_address_listed_has_a_page() =>
        Assert.Equal(Constants.Values.Order(StringComparer.Ordinal), PagesOfDesk().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_pattern_with_a_parameter_has_a_method_of_its_name() => Assert.Equal(
        Constants.Where(constant => constant.Value.Contains('{')).Select(constant => constant.Key).Order(StringComparer.Ordinal),
        Methods.Keys.Select(name => name + PatternSuffix).Order(StringComparer.Ordinal));

    [Fact]
    public void A_method_makes_an_address_of_its_pattern() => Assert.All(Methods, method =>
    {
        var arguments = method.Value.GetParameters().Select(parameter => parameter.HasDefaultValue ? null : Arguments[parameter.Name!]);
        var address = (string)method.Value.Invoke(null, [.. arguments])!;

        Assert.Equal(Parameter().Replace(Constants[method.Key + PatternSuffix], hole => Segment(Arguments[hole.Groups[1].Value])), address);
    });

    [Fact]
    public void The_way_back_to_an_event_is_kept()
    {
        Assert.Equal("/organize/campaigns/7/texts?event=ABC123", DeskRoutes.CampaignTexts(7, "ABC123"));
        Assert.Equal("/organize/campaigns/7/title?event=ABC123", DeskRoutes.CampaignTitle(7, "ABC123"));
        Assert.Equal("/organize/campaigns/7/rules?event=ABC123", DeskRoutes.CampaignRules(7, "ABC123"));
        Assert.Equal("/organize/campaigns/7/texts/guardian/edit?event=ABC123", DeskRoutes.EditText(7, SignerRole.Guardian, "ABC123"));
        Assert.Equal("/organize/campaigns/7/texts/guardian/2?event=ABC123", DeskRoutes.TextVersion(7, SignerRole.Guardian, 2, "ABC123"));
    }

    [Fact]
    public void No_other_file_writes_an_address_of_the_desk() => Assert.Empty(Source.Files(".cs", ".cshtml", ".ts", ".css", ".resx")
        .Where(f => f.Path != "Desk/DeskRoutes.cs" && Address().IsMatch(PageDirective().Replace(f.Text, "")))
        .Select(f => f.Path));

    private static IEnumerable<string> PagesOfDesk() => Source.Files(".cshtml").Select(f => PageDirective().Match(f.Text))
        .Where(directive => directive.Success && directive.Groups[1].Value.StartsWith(DeskRoutes.Home, StringComparison.Ordinal))
        .Select(directive => directive.Groups[1].Value);

    private static string Segment(object argument) =>
        argument is SignerRole ? $"{argument}".ToLowerInvariant() : Convert.ToString(argument, CultureInfo.InvariantCulture)!;

    [GeneratedRegex(@"^@page\s+""([^""]*)""", RegexOptions.Multiline)]
    private static partial Regex PageDirective();

    [GeneratedRegex(@"(?<![\w.])/organize\b")]
    private static partial Regex Address();

    [GeneratedRegex(@"\{(\w+)(:\w+)?\}")]
    private static partial Regex Parameter();
}
