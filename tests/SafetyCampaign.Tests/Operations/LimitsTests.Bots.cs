using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

/// <summary>What is cheap for a program and not for people: cookies, codes, pictures.</summary>
public sealed partial class LimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_farm_of_cookies_gains_a_pledge_for_each_page_and_little_more_and_what_is_more_is_flagged()
    {
        using var school = app.CreateClient().From(School);
        var farm = Enumerable.Range(0, 40).Select(_ => Sealed()).ToList();
        clock.Advance(Reading);
        var (passed, refused) = (0, 0);
        for (var i = 0; i < 5; i++)
            foreach (var cookie in farm)
                passed += (await SignAsync(school, cookie)).StatusCode == HttpStatusCode.Created ? 1 : 0;
        var stored = passed;

        for (var i = 0; i < 20; i++)
            refused += (await SignAsync(school, Read())).StatusCode == HttpStatusCode.Created ? 0 : 1;

        Assert.Equal(40 + 150, stored);
        Assert.Equal(0, refused);
        await using var db = app.OpenStore();
        var flagged = await db.SigningFlags.ToListAsync(Cancellation);
        Assert.All(flagged, flag => Assert.Equal(SigningFlags.ManyFromOneDevice, flag.Flags));
        Assert.Equal(150 - 2 * 40, flagged.Count); // from the fourth of a device on
    }

    [Fact]
    public async Task What_is_not_stored_anew_is_not_charged()
    {
        using var school = app.CreateClient().From(School);
        var phones = Enumerable.Range(0, 160).Select(_ => (Cookie: Sealed(), Request: Signing.Alone("volunteer"))).ToList();
        clock.Advance(Reading);
        foreach (var (cookie, request) in phones)
            Assert.Equal(HttpStatusCode.Created, (await SignAsync(school, cookie, request)).StatusCode);
        foreach (var (cookie, request) in phones) // their answers were lost
            Assert.Equal(HttpStatusCode.OK, (await SignAsync(school, cookie, request)).StatusCode);

        var passed = 0;
        foreach (var (cookie, _) in phones)
            passed += (await SignAsync(school, cookie)).StatusCode == HttpStatusCode.Created ? 1 : 0;

        Assert.Equal(150, passed);
    }

    [Fact]
    public async Task Pages_that_one_address_opens_beyond_a_whole_school_are_flagged()
    {
        var cookies = new List<string>();
        for (var i = 0; i < 605; i++)
        {
            using var visitor = app.CreateClient().From("198.51.100.60");
            using var page = await visitor.GetAsync($"/e/{seeded.Code}", Cancellation);
            cookies.Add(page.Headers.GetValues("Set-Cookie").Single()["device=".Length..].Split(';')[0]);
        }
        clock.Advance(Reading);
        using var bot = app.CreateClient().From("198.51.100.60");
        Assert.Equal(HttpStatusCode.Created, (await SignAsync(bot, cookies[0])).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await SignAsync(bot, cookies[^1])).StatusCode);

        await using var db = app.OpenStore();
        Assert.Equal([SigningFlags.BurstOfDevices], await db.SigningFlags.Select(flag => flag.Flags)
            .ToListAsync(Cancellation));
    }

    [Fact]
    public void Whoever_came_while_a_program_fetched_cookies_signs_though_the_program_has_spent_what_the_address_may_try()
    {
        var budgets = new RateLimitBudgets(clock);
        var school = (UInt128)0x0A00_0001;
        for (var i = 0; i < 1000; i++)
        {
            var farmed = Guid.NewGuid();
            for (var tries = 0; tries < 5; tries++)
                budgets.TakeSignature(farmed, school, isFromBurst: true);
        }
        var spent = Guid.NewGuid();
        budgets.TakeSignature(spent, school, isFromBurst: false);
        Assert.NotNull(budgets.TakeSignature(spent, school, isFromBurst: false));

        var refused = Enumerable.Range(0, 2000).Count(_ => budgets.TakeSignature(Guid.NewGuid(), school, isFromBurst: true) is not null);

        Assert.Equal(0, refused);
    }

    [Fact]
    public async Task Trying_out_event_codes_ends_soon_and_the_answer_then_tells_nothing()
    {
        using var guesser = app.CreateClient().From("198.51.100.30");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 250; i++)
            answers.Add(await AskAsync(guesser, Addresses[i % Addresses.Length], $"XX{i:0000}"));

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers[..200]);
        Assert.All(answers[200..], status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        foreach (var address in Addresses) // an event's own code is answered as one that no event has
            Assert.Equal(await AskAsync(guesser, address, "XX9999"), await AskAsync(guesser, address, seeded.Code));
        using var elsewhere = app.CreateClient().From(School);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync($"/e/{seeded.Code}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_school_whose_event_is_known_there_goes_on_while_somebody_tries_codes_at_its_address()
    {
        using var school = app.CreateClient().From(School);
        Assert.Equal(HttpStatusCode.OK, (await school.GetAsync($"/display/{seeded.Code}", Cancellation)).StatusCode);
        for (var i = 0; i < 250; i++)
            await school.GetAsync($"/api/events/XX{i:0000}", Cancellation);

        using var phone = await PhoneAsync(School);

        Assert.Equal(HttpStatusCode.Created, (await SignAsync(phone)).StatusCode);
        Assert.Equal(HttpStatusCode.OK,
            (await phone.GetAsync($"/api/events/{seeded.Code.ToLowerInvariant()}/tally", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Asking_for_one_certificate_without_end_is_slowed_down_in_words_and_others_are_not()
    {
        using var phone = await PhoneAsync(School);
        var (mine, other) = (await ReceiptAsync(), await ReceiptAsync());
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK,
                (await phone.GetAsync($"/r/{mine}/certificate.png", Cancellation)).StatusCode);

        using var refused = await phone.GetAsync($"/r/{mine}/certificate.png", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("text/html", refused.Content.Headers.ContentType!.MediaType);
        Assert.True(refused.Headers.Contains("Retry-After"));
        Assert.Equal(HttpStatusCode.OK,
            (await phone.GetAsync($"/r/{other}/certificate.png", Cancellation)).StatusCode);

        async Task<string?> ReceiptAsync() => (string?)(await (await SignAsync(phone)).JsonAsync())["receipt"];
    }

    /// <summary>Where an event's code is asked for.</summary>
    private static readonly string[] Addresses =
        ["/e/*", "/display/*", "/api/events/*", "/api/events/*/tally", "/api/events/*/stage", "/e/*/qr.svg", "/e/*/rules", "/?code=*"];

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string address, string code)
    {
        using var answer = await client.GetAsync(address.Replace("*", code, StringComparison.Ordinal), Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> SignAsync(HttpClient client, string cookie, JsonNode? request = null) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/events/{seeded.Code}/pledges")
        {
            Content = JsonContent.Create(request ?? Signing.Alone("volunteer")),
            Headers = { { "Cookie", $"device={cookie}" } },
        }, Cancellation);
}
