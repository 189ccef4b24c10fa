using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display.Host;

/// <summary>Who may lead through an event. The routes are read from the running program, like the desk's in RouteTableTests.</summary>
public sealed class HostAccessTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_lets_in_without_an_account_and_its_secret_leaves_the_address_at_once()
    {
        var e = await app.SeedEventAsync();
        var (_, link) = await app.SeedHostLinkAsync(e);
        using var helper = app.CreateClient();

        var entered = await helper.GetAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Equal($"/host/{e.Code}", entered.Headers.Location!.ToString());
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), c => c.StartsWith("host-", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("path=/host", cookie);
        Assert.Equal("no-referrer", Assert.Single(entered.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync($"/host/{e.Code.ToLowerInvariant()}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Whoever_may_not_host_may_neither_look_nor_act()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var revoked = await app.SeedHostLinkAsync(e);
        var strangers = new Dictionary<string, HttpClient>
        {
            ["nobody"] = app.CreateClient(),
            ["a link of another event"] = await EnterAsync((await app.SeedHostLinkAsync(other)).Address),
            ["a link that was revoked"] = await EnterAsync(revoked.Address),
            ["a link that never was"] = await EnterAsync($"/host/{e.Code}/0123456789abcdef0123456789abcdef"),
        };
        await RevokeAsync(revoked.Id);

        var wrong = new List<string>();
        foreach (var (who, client) in strangers)
            foreach (var (what, answer) in await TryAsync(client, e))
                if (answer.StatusCode != HttpStatusCode.Unauthorized)
                    wrong.Add($"{who}, {what}: {answer.StatusCode}");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(OrganizerRole.Observer, true, HttpStatusCode.Forbidden)]
    [InlineData(OrganizerRole.Organizer, true, HttpStatusCode.OK)]
    [InlineData(OrganizerRole.Administrator, true, HttpStatusCode.OK)]
    [InlineData(OrganizerRole.Administrator, false, HttpStatusCode.Forbidden)]
    public async Task An_account_hosts_what_it_may_change(OrganizerRole role, bool own, HttpStatusCode expected)
    {
        var e = await app.SeedEventAsync();
        var account = await DeskVisitor.SignInAsync(app, own ? e.Organization : (await app.SeedEventAsync()).District, role);

        Assert.Equal(expected, (await account.GetAsync($"/host/{e.Code}")).StatusCode);
    }

    [Fact]
    public async Task Revoking_a_link_bites_at_the_next_request()
    {
        var e = await app.SeedEventAsync();
        var (id, address) = await app.SeedHostLinkAsync(e);
        var host = await HostVisitor.OpenAsync(app, e, address);
        await host.PressAsync("blank");

        await RevokeAsync(id);

        var refused = await host.GetAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("这个主持链接已收回", await DeskVisitor.TextAsync(refused));
        using var english = app.CreateClient("en");
        var again = await english.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Contains("ask them for a new link", await DeskVisitor.TextAsync(again));
    }

    [Fact]
    public async Task A_link_ends_with_the_events_day_or_with_home_signing_and_says_so()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 7, 17, 1, 0, 0, TimeSpan.Zero)); // 9 in the morning in Zhuzhou
        await using var summer = new CampaignApp { Clock = clock };
        await summer.InitializeAsync();
        var starts = clock.GetUtcNow();
        var (day, home) = (await summer.SeedEventAsync(startsAt: starts),
            await summer.SeedEventAsync(startsAt: starts, homeSigningUntil: starts.AddDays(3)));
        using var helper = summer.CreateClient();
        var (dayLink, homeLink) = (await summer.SeedHostLinkAsync(day), await summer.SeedHostLinkAsync(home));
        var entered = await helper.GetAsync(dayLink.Address, Cancellation);
        await helper.GetAsync(homeLink.Address, Cancellation);
        Assert.Contains("16 Aug 2031 16:00:00 GMT", Assert.Single(entered.Headers.GetValues("Set-Cookie")));
        // The cookie is not what ends it: it stays for thirty days, and the page says that the link has expired.
        using var copied = summer.CreateClient();
        copied.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        clock.SetUtcNow(new DateTimeOffset(2031, 7, 17, 15, 59, 59, TimeSpan.Zero)); // a second before midnight there
        Assert.Equal(HttpStatusCode.OK, (await copied.GetAsync($"/host/{day.Code}", Cancellation)).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var refused in new[]
        {
            await copied.GetAsync($"/host/{day.Code}", Cancellation),
            await copied.PostAsync($"/host/{day.Code}?handler=Blank", null, Cancellation), // on a page from before
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("这个主持链接已过期", await DeskVisitor.TextAsync(refused));
        }
        var late = await helper.GetAsync(dayLink.Address, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains("这个主持链接已过期", await DeskVisitor.TextAsync(late));
        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync($"/host/{home.Code}", Cancellation)).StatusCode);

        for (var days = 0; days < 3; days++) // a longer jump would not be believed
        {
            clock.Advance(TimeSpan.FromDays(1));
            await summer.Get<ClockCheck>().RunAsync(Cancellation);
        }
        Assert.Equal(HttpStatusCode.Gone, (await helper.GetAsync(homeLink.Address, Cancellation)).StatusCode);
        // The event is moved, and its links with it.
        await summer.ChangeEventAsync(day.Id, e => e.Schedule(starts.AddDays(7), starts.AddDays(7).AddHours(2), null));
        Assert.Equal(HttpStatusCode.Redirect, (await helper.GetAsync(dayLink.Address, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Who_is_turned_away_is_told_to_ask_for_a_link_or_to_sign_in()
    {
        var e = await app.SeedEventAsync();
        var page = await DeskVisitor.TextAsync(await app.CreateClient().GetAsync($"/host/{e.Code}", Cancellation));

        Assert.Contains("请打开组织者发给你的主持链接", page);
        Assert.Contains($"/organize/sign-in?returnUrl=%2Fhost%2F{e.Code}", page);
    }

    [Fact]
    public async Task An_event_that_is_not_there_looks_like_one_that_is_not_yours()
    {
        using var stranger = app.CreateClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/host/NSCHC0", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/host/NSCHC0/secret", Cancellation)).StatusCode);
    }

    private async Task<HttpClient> EnterAsync(string link)
    {
        var client = app.CreateClient();
        await client.GetAsync(link, Cancellation);
        return client;
    }

    private async Task RevokeAsync(int id)
    {
        await using var db = app.OpenStore();
        (await db.HostLinks.FindAsync([id], Cancellation))!.Revoke(DateTimeOffset.UnixEpoch);
        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>Reads and sends everything that only a host may.</summary>
    private async Task<List<(string What, HttpResponseMessage Answer)>> TryAsync(HttpClient client, SeededEvent e)
    {
        var answers = new List<(string, HttpResponseMessage)>();
        foreach (var endpoint in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(r => r.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Host))
        {
            var address = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{code}", e.Code);
            Assert.DoesNotContain('{', address);
            answers.Add(($"GET {address}", await client.GetAsync(address, Cancellation)));
            foreach (var handler in endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>()!.HandlerMethods)
                answers.Add(($"{handler.HttpMethod} {handler.Name}", HttpMethods.IsPost(handler.HttpMethod)
                    ? await client.PostAsync($"{address}?handler={handler.Name}", null, Cancellation)
                    : await client.GetAsync($"{address}?handler={handler.Name}", Cancellation)));
        }
        Assert.NotEmpty(answers);
        return answers;
    }
}
