using System.Net;

namespace SafetyCampaign.Tests.Operations;

public sealed class SecurityHeadersTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/e/{code}")]
    [InlineData("/e/NOSUCH")]
    [InlineData("/display/{code}")]
    [InlineData("/organize/sign-in")]
    [InlineData("/nothing")]
    [InlineData("/img/lifebuoy.svg")]
    [InlineData("/healthz/live")]
    public async Task Every_page_says_what_a_browser_must_refuse(string address)
    {
        var seeded = await app.SeedEventAsync();

        var answer = await app.CreateClient().GetAsync(address.Replace("{code}", seeded.Code), TestContext.Current.CancellationToken);

        var policy = Header(answer, "Content-Security-Policy");
        foreach (var rule in new[] { "default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
            "form-action 'self'", "frame-ancestors 'self'" })
            Assert.Contains(rule, policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"), "A promise of HTTPS over plain HTTP.");
    }

    [Fact]
    public async Task What_the_api_answers_can_neither_run_nor_be_framed()
    {
        var answer = await app.CreateClient().GetAsync("/api/nothing", TestContext.Current.CancellationToken);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
    }

    [Fact]
    public async Task Https_in_production_is_promised_for_the_future()
    {
        await using var production =
            new CampaignApp { Environment = "Production", Parts = FromAddress.Install, Settings = { ["Proxies:Known"] = "10.0.0.1" } };
        await production.InitializeAsync();
        using var visitor = production.CreateClient().From("10.0.0.1");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        visitor.DefaultRequestHeaders.Host = "pledge.example.org";

        var answer = await visitor.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("max-age=", Header(answer, "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/e/{code}")]
    [InlineData("/display/{code}")]
    [InlineData("/organize")]
    [InlineData("/organize/sign-in")]
    [InlineData("/api/events/{code}")]
    [InlineData("/nothing")]
    public async Task An_address_that_the_asker_made_up_goes_nowhere(string address)
    {
        var seeded = await app.SeedEventAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Replace("{code}", seeded.Code));
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-For", "198.51.100.66");

        var answer = await app.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        // A redirect within the site; browsers complete it with the host they asked for.
        if (answer.StatusCode == HttpStatusCode.Redirect)
            Assert.StartsWith("/", answer.Headers.Location!.IsAbsoluteUri
                ? answer.Headers.Location.PathAndQuery
                : answer.Headers.Location.ToString());
        else
            Assert.DoesNotContain(answer.Headers, header => string.Concat(header.Value).Contains("evil"));
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
