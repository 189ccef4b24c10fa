using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using SafetyCampaign.Tests.Operations.Malformed;

namespace SafetyCampaign.Tests.Layout;

/// <summary>
/// Addresses that look like paths and lead a browser to another host. Sent over raw sockets: a client would resolve them itself.
/// </summary>
public sealed partial class OwnAddressTests(OwnAddressTests.KestrelApp app) : IClassFixture<OwnAddressTests.KestrelApp>
{
    private static readonly string[] Foreign =
    [
        "//evil.example/x", "///evil.example/x", "/\\evil.example/x", "/\\/evil.example", "\\\\evil.example", "/%5cevil.example/x",
        "/%5C%5Cevil.example",
        "/%2f%2fevil.example/x", "/;//evil.example/x", "/%09/evil.example/x", "/%0a/evil.example", "/%0d%0a//evil.example",
        "/.//evil.example/x",
        "/x/..//evil.example", "https:evil.example", "javascript:alert(1)", "/%3a//evil.example", "/@evil.example", "/%00/evil.example",
        "/x?//evil.example",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class KestrelApp : CampaignApp
    {
        public KestrelApp() => Kestrel = true;
    }

    [Fact]
    public async Task Whatever_path_is_asked_for_every_link_of_the_page_stays_on_the_site()
    {
        var seeded = await app.SeedEventAsync();
        var links = 0;
        foreach (var path in Foreign.Where(path => path[0] == '/'))
            foreach (var asked in new[] { path, $"/organize{path}", $"/e/{seeded.Code}{path}", $"/host{path}", $"/r{path}",
                $"/e/{seeded.Code}?read={path}" })
            {
                using var connection = await RawConnection.OpenAsync(app.Address, Cancellation);
                var request = Encoding.ASCII.GetBytes($"GET {asked} HTTP/1.1\r\nHost: localhost\r\n\r\n");
                var answer = await connection.AskAsync(request, ends: false, Cancellation);
                Assert.NotNull(answer);
                var found = Links(answer).ToList();
                links += found.Count;
                Assert.All(found, link => Assert.True(IsOwn(link), $"{asked} is answered with {link}"));
            }
        Assert.True(links > 100);
    }

    [Fact]
    public async Task Signing_in_leads_back_to_a_page_of_ours()
    {
        await DeskVisitor.AddAccountAsync(app, "往返老师", (await app.SeedEventAsync()).Organization);
        using var client = CreateClient();
        var desk = new DeskVisitor(client);
        await desk.SignInAsync("往返老师");
        foreach (var wanted in Foreign.Concat(Foreign.Select(Uri.UnescapeDataString)).Where(wanted => !wanted.Contains('\0')))
        {
            var answer = await desk.GetAsync($"/organize/sign-in?returnUrl={Uri.EscapeDataString(wanted)}");

            Assert.True(IsOwn(answer.Headers.Location!.OriginalString), $"{wanted} leads to {answer.Headers.Location}");
        }
        var back = await desk.GetAsync("/organize/sign-in?returnUrl=%2Forganize%2Faccounts%3Fx%3D1");
        Assert.Equal("/organize/accounts?x=1", back.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/organize", "/organize/sign-in?returnUrl=%2Forganize")]
    [InlineData("/organize/accounts?x=%2F%2Fevil.example",
        "/organize/sign-in?returnUrl=%2Forganize%2Faccounts%3Fx%3D%252F%252Fevil.example")]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(string asked, string expected)
    {
        using var stranger = CreateClient();

        Assert.Equal(expected, (await stranger.GetAsync(new Uri(asked, UriKind.Relative), Cancellation)).Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("//evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("/evil.example?//x", true)]
    [InlineData("#main", true)]
    public void A_link_is_read_as_a_browser_reads_it(string link, bool own) => Assert.Equal(own, IsOwn(link));

    /// <summary>Against a real port, and without following redirects.</summary>
    private HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };

    private static IEnumerable<string> Links(RawAnswer answer)
    {
        if (Location().Match(answer.Head) is { Success: true } redirect)
            yield return redirect.Groups[1].Value;
        foreach (var element in new HtmlParser().ParseDocument(answer.Body).QuerySelectorAll("[href], [action], [formaction], [src]"))
            foreach (var name in new[] { "href", "action", "formaction", "src" })
                if (element.GetAttribute(name) is { } link)
                    yield return link;
    }

    /// <summary>As the URL standard reads it: without tabs and line breaks, a backslash as a slash.</summary>
    private static bool IsOwn(string link)
    {
        var read = Ignored().Replace(link, "").TrimStart(' ').Replace('\\', '/');
        return !read.StartsWith("//", StringComparison.Ordinal) && !Scheme().IsMatch(read);
    }

    [GeneratedRegex("\nLocation: (.*)\r?")]
    private static partial Regex Location();

    [GeneratedRegex("[\t\r\n]")]
    private static partial Regex Ignored();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
