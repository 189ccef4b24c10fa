using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

/// <summary>
/// A phone is held by its own cookie and never by its neighbours; whoever comes without our cookie, or with one fetched only
/// now, shares a narrow budget.
/// </summary>
public sealed partial class LimitsTests : IAsyncLifetime
{
    private const string School = "203.0.113.7";

    /// <summary>What it takes at least to read the pledge and sign it.</summary>
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(6);

    /// <summary>The answer to an empty request that the limits let through to be read.</summary>
    private const HttpStatusCode LetThrough = HttpStatusCode.BadRequest;

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly CampaignApp app;
    private SeededEvent seeded = null!;

    public LimitsTests() => app = new CampaignApp
    {
        Limits = true,
        Parts = FromAddress.Install,
        Clock = clock,
        Settings = { ["Proxies:Known"] = "10.0.0.0/8" },
    };

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        seeded = await app.SeedEventAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_phone_signs_five_times_in_a_row_and_is_then_asked_to_wait()
    {
        using var phone = await PhoneAsync(School);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Created, (await SignAsync(phone)).StatusCode);

        var refused = await SignAsync(phone);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal("/problems/too-many-requests", (string?)(await refused.JsonAsync())["type"]);
        Assert.Equal(5, await phone.PeopleAsync(seeded.Code));
    }

    [Fact]
    public async Task The_form_without_script_counts_as_well_and_answers_with_a_page()
    {
        using var phone = await PhoneAsync(School);
        HttpResponseMessage answer = null!;
        for (var i = 0; i < 6; i++)
            answer = await phone.PostAsync($"/e/{seeded.Code}", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.Contains("Retry-After"));
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_phone_that_is_held_back_holds_nobody_else()
    {
        using var eager = await PhoneAsync(School);
        for (var i = 0; i < 50; i++)
            await SignAsync(eager);

        using var neighbour = await PhoneAsync(School);

        Assert.Equal(HttpStatusCode.Created, (await SignAsync(neighbour)).StatusCode);
    }

    /// <summary>What a bot at the school's own address may try.</summary>
    [Theory]
    [InlineData("no cookie")]
    [InlineData("a made-up cookie")]
    [InlineData("one cookie")]
    [InlineData("a fresh cookie for each")]
    public async Task Three_thousand_phones_behind_a_schools_one_address_all_pass_while_a_bot_there_is_held(string trick)
    {
        using var phones = app.CreateClient().From(School);
        var cookies = Enumerable.Range(0, 3000).Select(_ => Sealed()).ToList();
        var held = Read();
        var (refused, tried, passed) = (0, 0, 0);
        for (var i = 0; i < 3000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(6)); // ten times as fast as a school; the bot tries 67 times a second
            if (await PostNothingAsync(phones, cookies[i]) is { StatusCode: not LetThrough })
                refused++;
            if (i % 5 != 0)
                continue;
            var cookie = trick switch { "no cookie" => null, "a made-up cookie" => "made-up", "one cookie" => held, _ => Sealed() };
            var answers = await AtOnceAsync(2, _ => School, cookie);
            (tried, passed) = (tried + answers.Length, passed + answers.Count(status => status == LetThrough));
        }

        Assert.Equal(0, refused);
        Assert.InRange(passed, 1, tried / 2);
    }

    [Fact]
    public async Task A_bot_with_a_hoard_of_cookies_holds_up_nobodys_first_signature()
    {
        using var school = app.CreateClient().From(School);
        var hoard = Enumerable.Range(0, 1000).Select(_ => Sealed()).ToList();
        clock.Advance(Reading);
        var (held, refused) = (0, 0);
        for (var i = 0; i < 5; i++)
            foreach (var cookie in hoard)
                held += await PostNothingAsync(school, cookie) is { StatusCode: LetThrough } ? 0 : 1;

        for (var i = 0; i < 100; i++)
            refused += await PostNothingAsync(school, Read()) is { StatusCode: LetThrough } ? 0 : 1;

        Assert.InRange(held, 1, 4000);
        Assert.Equal(0, refused);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_phone_a_stranger()
    {
        using var school = app.CreateClient().From(School);
        var cookies = Enumerable.Range(0, 100).Select(_ => Read()).ToList();
        clock.AdjustTime(clock.GetUtcNow().AddDays(-3));

        foreach (var cookie in cookies)
            Assert.Equal(LetThrough, (await PostNothingAsync(school, cookie)).StatusCode);
    }

    [Fact]
    public async Task Without_a_cookie_of_ours_an_address_shares_a_narrow_budget()
    {
        var statuses = await AtOnceAsync(100, _ => "198.51.100.1");

        Assert.InRange(statuses.Count(status => status == LetThrough), 30, 99);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Who_comes_without_a_cookie_leaves_with_one_that_scripts_cannot_read()
    {
        using var visitor = app.CreateClient().From(School);

        var cookie = Assert.Single((await PostNothingAsync(visitor)).Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("device=", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.DoesNotContain("secure", cookie);
        Assert.False((await PostNothingAsync(visitor)).Headers.Contains("Set-Cookie"), "A phone keeps the cookie it has.");
    }

    [Fact]
    public async Task Who_is_refused_is_not_handed_a_cookie_to_come_again_with()
    {
        using var bot = app.CreateClient().From("198.51.100.77");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostNothingAsync(bot, cookie: "made-up")));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.False(answer.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_the_cookie_is_secure()
    {
        using var visitor = app.CreateClient().From("10.0.0.1");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Contains("secure", Assert.Single((await PostNothingAsync(visitor)).Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task A_forwarded_address_counts_from_a_known_proxy_only()
    {
        Assert.Contains(HttpStatusCode.TooManyRequests, await AtOnceAsync(100, _ => "192.0.2.1", forwardedFor: i => $"203.0.113.{i + 1}"));
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests,
            await AtOnceAsync(100, _ => "10.1.2.3", forwardedFor: i => $"203.0.113.{i + 1}"));
    }

    [Fact]
    public async Task A_household_cannot_multiply_its_ipv6_address()
    {
        Assert.Contains(HttpStatusCode.TooManyRequests, await AtOnceAsync(100, i => $"2001:db8:1:1::{i + 1:x}"));

        using var neighbour = app.CreateClient().From("2001:db8:1:2::1");
        Assert.Equal(LetThrough, (await PostNothingAsync(neighbour)).StatusCode);
    }

    [Fact]
    public async Task Guessing_verification_codes_is_slowed_down_where_it_happens()
    {
        using var guesser = app.CreateClient().From("198.51.100.10");
        HttpResponseMessage answer;
        var tries = 0;
        do
            answer = await guesser.GetAsync($"/verify/0000-{tries:0000}-0000", TestContext.Current.CancellationToken);
        while (answer.StatusCode != HttpStatusCode.TooManyRequests && ++tries < 6000);

        Assert.InRange(tries, 600, 5999);
        // Nothing is handed in here: it says nothing of what counts.
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("试得太多了", page, StringComparison.Ordinal);
        Assert.DoesNotContain("计数", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await guesser.GetAsync("/verify", TestContext.Current.CancellationToken)).StatusCode);
        using var elsewhere = app.CreateClient().From(School);
        Assert.Equal(HttpStatusCode.NotFound,
            (await elsewhere.GetAsync("/verify/0000-0000-0000", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Reading_is_not_limited()
    {
        using var reader = app.CreateClient().From(School);
        for (var i = 0; i < 100; i++)
            Assert.Equal(HttpStatusCode.OK,
                (await reader.GetAsync($"/api/events/{seeded.Code}/tally", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<HttpClient> PhoneAsync(string address)
    {
        var phone = app.CreateClient().From(address);
        await phone.GetStringAsync($"/e/{seeded.Code}", TestContext.Current.CancellationToken); // leaves with a cookie
        clock.Advance(Reading);
        return phone;
    }

    private Task<HttpResponseMessage> SignAsync(HttpClient phone) => phone.SignAsync(seeded.Code, Signing.Alone("volunteer"));

    private Task<HttpResponseMessage> PostNothingAsync(HttpClient client, string? cookie = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post,
            $"/api/events/{seeded.Code}/pledges")
        { Content = JsonContent.Create(new JsonObject()) };
        if (cookie is not null)
            request.Headers.Add("Cookie", $"device={cookie}");
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Many requests at the same time, each from a client that keeps no cookie.</summary>
    private async Task<HttpStatusCode[]> AtOnceAsync(int requests, Func<int, string> address, string? cookie = null,
        Func<int, string>? forwardedFor = null) =>
        await Task.WhenAll(Enumerable.Range(0, requests).Select(async i =>
        {
            using var client = app.CreateClient().From(address(i));
            if (forwardedFor is not null)
                client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor(i));
            return (await PostNothingAsync(client, cookie)).StatusCode;
        }));

    /// <summary>The cookie of a phone on which somebody has read the page.</summary>
    private string Read()
    {
        var cookie = Sealed();
        clock.Advance(Reading);
        return cookie;
    }

    /// <summary>A fresh phone's cookie, as the phone page would give it.</summary>
    private string Sealed()
    {
        var context = new DefaultHttpContext();
        app.Get<DeviceCookie>().Issue(context);
        return context.Response.Headers.SetCookie.ToString()["device=".Length..].Split(';')[0];
    }
}
