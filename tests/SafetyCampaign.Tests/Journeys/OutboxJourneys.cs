using System.Buffers.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What waits on a phone: many families, a server that cannot take it, and signing that ends meanwhile. Limits are on.</summary>
public sealed class OutboxJourneys : Journey
{
    private const string Sending = "**/pledges";

    private readonly Server server;

    public OutboxJourneys(Browser browser) : this(browser, new Server())
    {
    }

    private OutboxJourneys(Browser browser, Server server)
        : base(browser, new CampaignApp { Kestrel = true, Limits = true, Clock = server, Parts = server.Install }) => this.server = server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_many_answers_that_it_could_not_be_stored_the_page_still_sends()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        server.IsFull = true;
        await KeepAsync(page, e, [await RequestAsync(e, 1, LargeSignature())]);
        var family = await Signer.ScanAsync(page, e);
        await family.ClaimAsync();
        await family.WaitsAsync();
        for (var tries = 1; tries <= 8; tries++)
        {
            await Expect(page.GetByText("还没有送到")).ToBeVisibleAsync();
            var before = server.Refused;
            await UntilAsync(async () =>
            {
                await family.SendNowAsync(); // pressed while the last answer is being read, it wakes nobody
                return server.Refused > before;
            });
        }
        server.IsFull = false;
        await UntilAsync(async () =>
        {
            await family.SendNowAsync();
            return await page.Locator(".thanks-number").IsVisibleAsync();
        });
        await family.ThankedAsync("1和2");
    }

    [Fact]
    public async Task Fourteen_families_who_signed_at_one_phone_without_a_network_all_arrive_by_themselves()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await Signer.ScanAsync(page, e);
        await page.Context.SetOfflineAsync(true);
        server.Ahead = TimeSpan.FromMinutes(10); // the phone's cookie is not of this moment, as that of a bot is
        await KeepAsync(page, e, [.. await Task.WhenAll(Enumerable.Range(1, 14).Select(i => RequestAsync(e, i, Ink.Signature)))]);

        await page.Context.SetOfflineAsync(false);
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");

        await Expect(page.GetByText("签名送到了：")).ToHaveCountAsync(14, new() { Timeout = 30_000 });
        using var anyone = App.CreateClient();
        Assert.Equal(28, await anyone.PeopleAsync(e.Code));
        await page.HasNothingInLocalStorageAsync();
    }

    [Fact]
    public async Task A_second_family_at_the_same_page_has_a_key_that_the_server_recognises()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        var first = await KeyAsync(family.Page);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        var second = await KeyAsync(family.Page);

        Assert.NotEqual(first, second);
        var keys = (await PublishedAsync(e)).Keys;
        Assert.Equal(keys.IssuedAt(first), Assert.NotNull(keys.IssuedAt(second)));
    }

    [Fact]
    public async Task Pressed_before_the_closing_with_the_network_back_after_it_the_signature_is_taken()
    {
        var (e, family) = await HandedInAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

        await family.Page.UnrouteAsync(Sending);
        await family.SendNowAsync();

        await family.ThankedAsync("1和2");
        await using var db = App.OpenStore();
        Assert.Equal(SigningFlags.AfterClosing, (await db.SigningFlags.SingleAsync(Cancellation)).Flags & SigningFlags.AfterClosing);
    }

    [Fact]
    public async Task Past_the_grace_the_signature_stays_on_the_phone_says_so_and_goes_when_signing_opens_again()
    {
        var (e, family) = await HandedInAsync();
        await App.ChangeEventAsync(e.Id, gathering =>
        {
            gathering.AllowGrace(0);
            gathering.Close(DateTimeOffset.UtcNow);
        });
        await family.Page.UnrouteAsync(Sending);
        await family.SendNowAsync();
        await Expect(family.Page.GetByText("它还在这部手机里")).ToBeVisibleAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("");

        // The page of an event whose signing is over says so too.
        await family.Page.ReloadAsync();
        await Expect(family.Page.GetByText("它还在这部手机里")).ToBeVisibleAsync();
        Assert.Equal(1, await family.Page.EvaluateAsync<int>("localStorage.length"));

        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await family.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await Expect(family.Page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await family.Page.HasNothingInLocalStorageAsync();
    }

    [Fact]
    public async Task What_signing_was_over_for_can_be_deleted_from_the_phone()
    {
        var (e, family) = await HandedInAsync();
        await App.ChangeEventAsync(e.Id, gathering =>
        {
            gathering.AllowGrace(0);
            gathering.Close(DateTimeOffset.UtcNow);
        });
        await family.Page.CloseAsync();
        var again = await Signer.ScanAsync(await family.Page.Context.NewPageAsync(), e);

        await again.Page.GetByRole(AriaRole.Button, new() { Name = "从手机里删除" }).ClickAsync();

        await Expect(again.Page.GetByText("它还在这部手机里")).ToBeHiddenAsync();
        await again.Page.HasNothingStoredAsync();
    }

    [Fact]
    public async Task A_request_that_hangs_is_said_to_wait_long_before_it_is_given_up()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        var given = false;
        family.Page.RequestFailed += (_, _) => given = true;
        await family.Page.RouteAsync(Sending, _ => { }); // never answered

        await family.Submit.ClickAsync();

        await family.WaitsAsync();
        Assert.False(given, "The request was given up before a word was said.");
        await family.Page.UnrouteAsync(Sending);
    }

    [Fact]
    public async Task A_page_left_right_after_the_press_still_hands_in()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        var sent = 0;
        await family.Page.RouteAsync(Sending, async route =>
        {
            if (sent++ == 0)
                return; // on its way when the page goes
            await route.ContinueAsync();
        });
        await family.Submit.ClickAsync();
        await UntilAsync(() => sent == 1);

        await family.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pagehide'))");

        await UntilAsync(() => sent == 2);
        using var anyone = App.CreateClient();
        await UntilAsync(async () => await anyone.PeopleAsync(e.Code) == 2);
    }

    /// <summary>A family whose signature waits on its phone.</summary>
    private async Task<(SeededEvent Event, Signer Family)> HandedInAsync()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Page.RouteAsync(Sending, route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        return (e, family);
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) => (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;

    private static async Task<Guid> KeyAsync(IPage page) => Guid.Parse(await page.Locator("[name='Form.Key']").InputValueAsync());

    /// <summary>A family's request as it was handed in, with a key that came with a page.</summary>
    private async Task<JsonObject> RequestAsync(SeededEvent e, int family, string signature)
    {
        var request = Signing.Family(e, child: $"王小明{"一二三四五六七八九十甲乙丙丁"[family - 1]}");
        request["key"] = $"{(await PublishedAsync(e)).Keys.Issue(DateTimeOffset.UtcNow)}";
        for (var i = 0; i < 2; i++)
            request.SignerOf(i)["signature"] = signature;
        return request;
    }

    /// <summary>As the phone page keeps it. The page need not be the event's.</summary>
    private static async Task KeepAsync(IPage page, SeededEvent e, IReadOnlyList<JsonObject> requests)
    {
        if (page.Url == "about:blank")
            await page.GotoAsync("/");
        foreach (var request in requests)
        {
            var key = (string)request["key"]!;
            var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var it = new JsonObject { ["code"] = e.Code, ["party"] = "Family", ["at"] = at, ["request"] = request };
            await page.EvaluateAsync("([name, it]) => localStorage.setItem(name, it)", new[] { $"waiting:{key}", it.ToJsonString() });
        }
    }

    /// <summary>About as many bytes as the page sends at most: with two of them a request is over 13 KB.</summary>
    private static string LargeSignature()
    {
        var points = Enumerable.Range(0, 1600).Select(i => (X: 100 + i % 1000, Y: 100 + i * 37 % 400)).ToArray();
        return Base64Url.EncodeToString(Ink.Draw(points[..800], points[800..]));
    }

    /// <summary>A server whose clock can be set, and that cannot store for a while.</summary>
    private sealed class Server : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public bool IsFull { get; set; }

        public int Refused { get; private set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public void Install(IServiceCollection services) => services.AddSingleton<IStartupFilter>(new Full(this));

        private sealed class Full(Server server) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (context, rest) =>
                {
                    if (!server.IsFull || !HttpMethods.IsPost(context.Request.Method))
                    {
                        await rest(context);
                        return;
                    }
                    server.Refused++;
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    context.Response.Headers.RetryAfter = "1";
                    await context.Response.WriteAsync(new string(' ', 200_000), context.RequestAborted);
                });
                next(app);
            };
        }
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await holds())
            await Task.Delay(20, patience.Token);
    }
}
