using System.Net;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Operations;

public sealed class SecurityHeadersTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/e/{code}")]
    [InlineData("/e/NOSUCH")]
    [InlineData("/display/{code}")]
    [InlineData("/organize/sign-in")]
    [InlineData("/nothing")]
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
    public async Task A_page_that_a_device_opens_by_itself_without_a_network_refuses_what_the_servers_pages_refuse()
    {
        var worker = await File.ReadAllTextAsync(Path.Combine(Source.Root, "src", "Schools", "Relay", "RelayWorker.ts"), Cancellation);
        var written = Regex.Match(worker, "const policy = (?:\"(?<part>[^\"]*)\"[\\s+]*)+;").Groups["part"].Captures;

        var answer = await app.CreateClient().GetAsync($"/class/{new string('0', 32)}/relay", Cancellation);

        Assert.Equal(Rules(Header(answer, "Content-Security-Policy")), Rules(string.Concat(written)));

        static IEnumerable<string> Rules(string policy) => policy.Split(';', StringSplitOptions.TrimEntries).Order();
    }

    [Fact]
    public async Task What_the_api_answers_can_neither_run_nor_be_framed()
    {
        var answer = await app.CreateClient().GetAsync("/api/nothing", TestContext.Current.CancellationToken);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("/img/lifebuoy.svg")]
    [InlineData("/dist/PhoneLater.js")]
    [InlineData("/dist/PhoneLater.css")]
    public async Task A_file_has_the_headers_that_a_file_needs_and_no_others(string address)
    {
        using var visitor = app.CreateClient();
        visitor.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Empty(answer.Content.Headers.ContentLanguage);
        var headers = answer.Headers.Concat(answer.Content.Headers);
        Assert.InRange(headers.Sum(header => header.Key.Length + string.Concat(header.Value).Length), 0, 490);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await visitor.SendAsync(again, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_over_https_asks_for_https_from_then_on_and_none_over_http_does()
    {
        await using var production =
            new CampaignApp { Environment = "Production", Parts = FromAddress.Install, Settings = { ["Proxies:Known"] = "10.0.0.1" } };
        await production.InitializeAsync();
        var e = await production.SeedEventAsync();
        using var visitor = production.CreateClient().From("10.0.0.1");
        visitor.DefaultRequestHeaders.Host = "pledge.example.org";
        var receipt = await visitor.SignedAsync(e);
        Func<Task<HttpResponseMessage>>[] asked =
        [
            () => visitor.GetAsync("/", Cancellation),
            () => visitor.GetAsync($"/e/{e.Code}", Cancellation),
            () => visitor.GetAsync(receipt, Cancellation),
            () => visitor.GetAsync($"/api/events/{e.Code}", Cancellation),
            () => visitor.GetAsync("/img/lifebuoy.svg", Cancellation),
            () => visitor.GetAsync("/healthz/live", Cancellation),
            () => visitor.GetAsync("/organize", Cancellation), // leads to the sign-in page
            () => visitor.GetAsync("/nothing", Cancellation),
            () => visitor.GetAsync("/api/nothing", Cancellation),
            () => visitor.GetAsync("/?x=%00", Cancellation),
            () => visitor.PostAsync("/organize/sign-in", new FormUrlEncodedContent([]), Cancellation), // without a token
            () => visitor.SignAsync(e.Code, Signing.Family(e, child: "李雷")),
            () => visitor.SignAsync(e.Code, Signing.Family(e, child: "")),
            () => visitor.PostAsync($"/api/events/{e.Code}/pledges", new StringContent("x"), Cancellation),
        ];
        foreach (var ask in asked)
        {
            using var plain = await ask();
            visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            using var secure = await ask();
            visitor.DefaultRequestHeaders.Remove("X-Forwarded-Proto");

            Assert.False(plain.Headers.Contains("Strict-Transport-Security"), $"{plain.RequestMessage}");
            Assert.Equal("max-age=31536000", Header(secure, "Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task An_answer_in_a_language_says_what_chose_it()
    {
        var e = await app.SeedEventAsync();
        using var visitor = app.CreateClient();
        var receipt = await visitor.SignedAsync(e);
        foreach (var address in new[] { "/", $"/e/{e.Code}", $"/e/{e.Code}?lang=en", receipt, $"/display/{e.Code}", "/organize/sign-in",
            "/nothing", "/?x=%00",
            $"/api/events/{e.Code}", $"/api/events/{e.Code}/tally", "/api/nothing" })
            Said(address, await visitor.GetAsync(address, Cancellation));
        Said("a refused form", await visitor.PostAsync("/organize/sign-in", new FormUrlEncodedContent([]), Cancellation));
        Said("a refused signature", await visitor.SignAsync(e.Code, Signing.Family(e, child: "")));
        Assert.DoesNotContain("Cookie", (await visitor.GetAsync("/img/lifebuoy.svg", Cancellation)).Headers.Vary);

        static void Said(string asked, HttpResponseMessage answer)
        {
            var said = answer.Headers.Vary;
            Assert.True(said.Contains("Accept-Language") && said.Contains("Cookie"), $"{asked}: {said}");
            Assert.Single(answer.Headers.Vary, "Cookie");
        }
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
