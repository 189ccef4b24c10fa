using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Layout;

/// <summary>The languages stand in one list: a further one is a line in it and a set of resources, and nothing else.</summary>
public sealed partial class LanguagesTests(LanguagesTests.WithTwoMore app) : IClassFixture<LanguagesTests.WithTwoMore>
{
    /// <summary>The program with a line for Hebrew, which has resources, and one for Welsh, which has none yet.</summary>
    public sealed class WithTwoMore : CampaignApp
    {
        public WithTwoMore()
        {
            ThirdLanguage.Install();
            Parts = services => services.Replace(ServiceDescriptor.Singleton(new InterfaceLanguages(
            [
                .. InterfaceLanguages.OfTheProduct,
                new InterfaceLanguage(ThirdLanguage.Tag, "עברית", TextDirection.RightToLeft),
                new InterfaceLanguage("cy", "Cymraeg"),
            ])));
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "en he cy")]
    [InlineData("en", "zh-CN he cy")]
    [InlineData("he", "zh-CN en cy")]
    public async Task Every_page_offers_the_languages_that_it_is_not_in(string language, string offered)
    {
        var e = await app.SeedEventAsync();
        using var reader = app.CreateClient(language);
        foreach (var address in new[] { "/", $"/e/{e.Code}", $"/e/{e.Code}/rules", "/verify", "/organize/sign-in", "/nowhere" })
        {
            var page = await ReadAsync(reader, address);
            Assert.Equal(offered, string.Join(' ', LanguageLink().Matches(page).Select(m => m.Groups["tag"].Value)));
            Assert.All(LanguageLink().Matches(page), link =>
                Assert.Contains($"lang={link.Groups["tag"].Value}", link.Groups["address"].Value));
        }
    }

    [Fact]
    public async Task A_page_in_a_further_language_has_its_words_and_its_direction()
    {
        var e = await app.SeedEventAsync();
        using var reader = app.CreateClient();

        foreach (var address in new[] { $"/?lang={ThirdLanguage.Tag}", $"/e/{e.Code}", $"/display/{e.Code}",
            $"/e/{e.Code}/rules" }) // the choice is kept
        {
            var page = await ReadAsync(reader, address);
            Assert.Contains("<html lang=\"he\" dir=\"rtl\"", page);
            Assert.Contains(ThirdLanguage.Mark, page);
        }
        Assert.Contains("<html lang=\"zh-CN\" dir=\"ltr\"", await ReadAsync(reader, "/?lang=zh-CN"));
    }

    [Fact]
    public async Task The_api_answers_in_a_further_language_too()
    {
        var e = await app.SeedEventAsync();
        using var reader = app.CreateClient(ThirdLanguage.Tag);

        var facts = await (await reader.GetAsync($"/api/events/{e.Code}", Cancellation)).JsonAsync();
        var tally = await (await reader.GetAsync($"/api/events/{e.Code}/tally", Cancellation)).JsonAsync();
        var refused = await reader.GetAsync("/api/events/NSCHC0", Cancellation);

        Assert.StartsWith(ThirdLanguage.Mark, NameOf(facts["classes"]!, "id", e.Primary), StringComparison.Ordinal);
        Assert.Equal(NameOf(facts["classes"]!, "id", e.Primary), NameOf(tally["byClass"]!, "classId", e.Primary));
        Assert.StartsWith(ThirdLanguage.Mark, (await refused.JsonAsync())["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal([ThirdLanguage.Tag], refused.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_new_event_begins_in_a_further_language_too()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: ThirdLanguage.Tag);

        Assert.Contains($"value=\"{ThirdLanguage.Mark}{EventTemplate.TitleIn()}\"", await organizer.ReadAsync("/organize/events/new"));
        Assert.All(EventTemplate.Scenes(new(ThirdLanguage.Tag)), scene =>
            Assert.StartsWith(ThirdLanguage.Mark, scene.Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_language_that_has_no_words_yet_is_answered_in_the_first_one()
    {
        var e = await app.SeedEventAsync();
        using var reader = app.CreateClient("cy");

        var page = await ReadAsync(reader, $"/e/{e.Code}");

        Assert.Contains("<html lang=\"cy\" dir=\"ltr\"", page);
        Assert.Contains("读完了，去签名", page);
        Assert.Contains("五（1）班", page);
    }

    [Fact]
    public async Task A_language_that_is_not_in_the_list_is_answered_in_the_first_one()
    {
        using var reader = app.CreateClient("fr");
        Assert.Contains("<html lang=\"zh-CN\"", await ReadAsync(reader, "/?lang=tlh"));
    }

    /// <summary>Where a place asked "Chinese or English", a third language would be taken for one of them.</summary>
    [Fact]
    public void No_other_place_names_a_language_of_the_interface()
    {
        // The list; the translations that come with the product and its demonstration event, which are data of one language.
        string[] mayName = ["Campaigns/InterfaceLanguages.cs", "Campaigns/OfficialTranslations.cs", "Operations/Demonstration.cs"];
        var named = Source.Files(".cs", ".cshtml", ".ts", ".css").Where(f =>
            !f.Path.Contains("/Migrations/") && !f.Path.EndsWith(".test.ts", StringComparison.Ordinal))
            .Where(f => !mayName.Contains(f.Path)).Select(f => (f.Path, Text: Comments().Replace(f.Text, "")))
            .SelectMany(f => LanguageNamed().Matches(f.Text).Select(m => $"src/{f.Path}: {m.Value}"))
            // Chinese characters are set closer than letters; every other language has the room of letters.
            .Where(line => !line.EndsWith(".css: :not(:lang(zh", StringComparison.Ordinal));

        Assert.Empty(named);
        Assert.DoesNotMatch("<SatelliteResourceLanguages>(?!none<)", File.ReadAllText(Path.Combine(Source.Root, "SafetyCampaign.csproj")));
    }

    private static string NameOf(JsonNode classes, string key, int id) =>
        classes.AsArray().Single(c => c![key]!.GetValue<int>() == id)!["name"]!.GetValue<string>();

    private static async Task<string> ReadAsync(HttpClient reader, string address) =>
        WebUtility.HtmlDecode(await (await reader.GetAsync(new Uri(address, UriKind.Relative), Cancellation)).Content.ReadAsStringAsync(
            Cancellation));

    [GeneratedRegex("""<a href="(?<address>[^"]*)" hreflang="(?<tag>[^"]*)" lang="\k<tag>" dir="(?:ltr|rtl)">""")]
    private static partial Regex LanguageLink();

    [GeneratedRegex(
        """(?<=["'])(?:zh(?:-CN)?|en(?:-[A-Z]{2})?)(?=["'])|(?::not\()?:lang\((?:zh|en)|TwoLetterISOLanguageName|\blang=(?:zh|en)\b""")]
    private static partial Regex LanguageNamed();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
