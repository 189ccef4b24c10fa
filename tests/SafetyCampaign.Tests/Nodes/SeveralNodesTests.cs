using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Ledger;
using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Display;
using SafetyCampaign.Tests.Schools;
using SafetyCampaign.Tests.Schools.Slips;
using StackExchange.Redis;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>
/// Two nodes on one database. Their clock stands still unless a test turns it, so what arrives has come over Redis; and
/// where Redis is away, it has come by asking the database every second.
/// </summary>
public sealed partial class SeveralNodesTests : IAsyncLifetime
{
    private const string NoRedis = "127.0.0.1:9,connectTimeout=100";
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private PostgresDatabase database = null!;
    private CampaignApp here = null!;
    private CampaignApp there = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await PostgresDatabase.CreateMigratedAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { here, there })
            if (node is not null)
                await node.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_signature_made_at_one_node_is_shown_by_the_other()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);

        await SignAsync(here, e);

        var shown = await screen.TallyAsync(t => t.People == 2);
        Assert.Equal((1, Tally(here, e).Version), (shown.Families, shown.Version));
        await SignAsync(there, e);
        await screen.TallyAsync(t => t.People == 4);
    }

    [Fact]
    public async Task While_redis_is_away_nothing_fails_and_the_other_node_asks_every_second()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);

        await SignAsync(here, e);
        await here.ChangeEventAsync(e.Id, gathering => gathering.Describe("新的名称", "学校礼堂", [], []));
        clock.Advance(TimeSpan.FromSeconds(1));

        await screen.TallyAsync(t => t.People == 2);
        await screen.SceneAsync(scene => scene.Title == "新的名称");
    }

    [Fact]
    public async Task What_the_desk_changes_at_one_node_holds_at_the_other()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        var before = (await screen.WatchAsync(e.Code)).Scene;

        await here.RewriteTextAsync(e, SignerRole.Teacher);

        var scene = await screen.SceneAsync(scene => scene.Version > before.Version);
        Assert.Equal(before.Title, scene.Title);
        var request = Signing.Alone("teacher");
        request["textVersions"]!["teacher"] = 2;
        using var phone = there.CreateClient();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
    }

    [Fact]
    public async Task The_phone_page_that_one_node_keeps_is_made_anew_after_a_change_at_the_other()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        using var phone = there.CreateClient();
        Assert.Contains("暑期防溺水宣传活动", await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);

        await here.ChangeEventAsync(e.Id, gathering => gathering.Describe("新的名称", "学校礼堂", [], []));
        await screen.SceneAsync(scene => scene.Title == "新的名称");
        Assert.Contains("<h1>新的名称</h1>", await phone.GetStringAsync($"/e/{e.Code}", Cancellation));

        await here.ChangeEventAsync(e.Id, gathering => gathering.Close(clock.GetUtcNow()));
        await screen.SceneAsync(scene => scene.State == "closed");
        Assert.Contains("签名已经结束", await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
    }

    [Fact]
    public async Task No_message_between_nodes_holds_a_name()
    {
        await StartAsync(Servers.Redis);
        var messages = new ConcurrentQueue<string>();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.Redis);
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("safety-campaign"), (_, message) => messages.Enqueue($"{message}"));
        var e = await here.SeedEventAsync();
        await SignAsync(here, e, Signing.Family(e, "丘灵犀", "丘父明"));
        await here.Get<StageConductor>().NamesChangedAsync(e.Id);
        await here.Get<PledgeLedger>().CorrectAsync(1,
            [new SignerCorrection("苗沐阳", e.Primary, null), new SignerCorrection("苗父明", e.Primary, null)]);
        await here.Get<PledgeLedger>().WithdrawAsync(1);

        var last = $"{Guid.NewGuid():N}";
        await redis.GetSubscriber().PublishAsync(RedisChannel.Literal("safety-campaign"), last);
        while (!messages.Contains(last))
            await Task.Delay(20, Cancellation);
        Assert.Contains(messages, message => message.Contains("Ledger", StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Any(c => c is '丘' or '苗'));
    }

    [Fact]
    public async Task A_list_and_a_slip_of_one_node_tell_the_other_who_signs_and_a_child_of_both_counts_once()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        var before = (await screen.WatchAsync(e.Code)).Scene;
        var pupils = await here.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var slip = await here.SeedSlipAsync(e, pupils[0]);
        var (_, secret) = await here.SeedClassLinkAsync(e, e.Primary);
        await screen.SceneAsync(scene => scene.Version > before.Version);
        using HttpClient device = there.CreateClient(), phone = here.CreateClient();

        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(secret, "王小明", pupils[0])).StatusCode);
        var guardian = Signing.Request(null, [Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true);
        guardian["slip"] = slip;
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, guardian)).StatusCode);
        await screen.TallyAsync(t => t is { People: 2, Families: 1 });
        Assert.Equal(HttpStatusCode.Created, (await device.SignAsync(e.Code, Signing.Family(e, "王小明", "王刚"))).StatusCode);

        await screen.TallyAsync(t => t is { People: 3, Families: 1 });
        Assert.Contains("这张回家单已经签过了", WebUtility.HtmlDecode(await device.GetStringAsync($"/s/{slip}", Cancellation)));
    }

    [Fact]
    public async Task An_organizer_works_and_a_phone_signs_across_nodes_without_sticky_sessions()
    {
        await StartAsync(NoRedis, limits: true);
        var e = await here.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(here, "王老师", e.Organization);
        using var browser = RoundRobin.Client(here, there);
        var organizer = new DeskVisitor(browser);

        // Every form is fetched from one node and sent to the other.
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.SignInAsync("王老师")).StatusCode);
        var closed = await organizer.SendAsync($"/organize/events/{e.Code}/close");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.Equal(EventState.Closed, (await there.Get<PublishedEvents>().ReadAnewAsync(e.Id, Cancellation))!.State);

        var other = await there.SeedEventAsync();
        using var phone = RoundRobin.Client(here, there);
        var signed = await phone.SignAsync(other.Code, Signing.Family(other));
        Assert.Contains(signed.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("device=", StringComparison.Ordinal));
        var again = await phone.SignAsync(other.Code, Signing.Family(other));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.False(again.Headers.TryGetValues("Set-Cookie", out var _), "The other node did not know the phone again.");
    }

    [Fact]
    public async Task Signing_out_at_one_node_ends_a_copied_cookie_at_the_other_with_its_next_request()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(here, "王老师", e.Organization);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        browser.BaseAddress = here.Address;
        var organizer = new DeskVisitor(browser);
        await organizer.SignInAsync("王老师");
        using var copy = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        copy.BaseAddress = there.Address;
        copy.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(here.Address));
        Assert.Equal(HttpStatusCode.OK, (await new DeskVisitor(copy).GetAsync("/organize")).StatusCode);

        await organizer.SignOutAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await new DeskVisitor(copy).GetAsync("/organize")).StatusCode);
    }

    /// <summary>
    /// A scene that comes by a timer of the nodes, on the clock of these tests. One that a node sets while the clock moves is due later
    /// than the others, so it moves on until the screen is told; each question to the node gives it time.
    /// </summary>
    private async Task<StageScene> InTimeAsync(Screen screen, SeededEvent e, Func<StageScene, bool> wanted)
    {
        var told = screen.SceneAsync(wanted);
        while (!told.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await screen.WatchAsync(e.Code);
        }
        return await told;
    }

    /// <summary>Redis says nothing when it has told; each question to the other node gives it time.</summary>
    private static async Task UntilAsync(Screen screen, SeededEvent e, Func<bool> told)
    {
        for (var asked = 0; !told(); asked++)
        {
            Assert.True(asked < 10_000, "The other node was not told.");
            await screen.WatchAsync(e.Code);
        }
    }

    private async Task StartAsync(string redis, bool limits = false)
    {
        here = Node(redis, limits);
        there = Node(redis, limits);
        foreach (var node in new[] { here, there })
        {
            await node.InitializeAsync();
            await node.Get<NodeMessageBus>().Connecting;
        }
    }

    private CampaignApp Node(string redis, bool limits = false) => new()
    {
        Kestrel = true,
        Clock = clock,
        Limits = limits,
        Settings = new(database.Settings) { ["Redis:ConnectionString"] = redis },
    };

    private static Task SignAsync(CampaignApp node, SeededEvent e) => SignAsync(node, e, Signing.Family(e));

    private static async Task SignAsync(CampaignApp node, SeededEvent e, JsonObject request)
    {
        using var phone = node.CreateClient();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
    }

    private static JsonObject Family(SeededEvent e, string parent, string relation) =>
        Signing.Request(e.Primary, [Signing.Signer("student", "王小明"), Signing.Signer("guardian", parent, relation)],
            guardianConsents: true);

    private static Tally Tally(CampaignApp node, SeededEvent e) =>
        node.Get<TallyBoard>().Snapshot(node.Get<PublishedEvents>().FindAsync(e.Id, Cancellation).AsTask().GetAwaiter().GetResult()!);
}
