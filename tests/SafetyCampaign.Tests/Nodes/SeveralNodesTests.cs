using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Ledger;
using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Display;
using StackExchange.Redis;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>
/// Two nodes on one database. Their clock stands still unless a test turns it, so what arrives has come over Redis; and
/// where Redis is away, it has come by asking the database every second.
/// </summary>
public sealed class SeveralNodesTests : IAsyncLifetime
{
    private const string NoRedis = "127.0.0.1:9,connectTimeout=100";
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private PostgresDatabase database = null!;
    private CampaignApp here = null!;
    private CampaignApp there = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await PostgresDatabase.CreateAsync();

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_at_one_node_leads_the_screens_of_both(bool withRedis)
    {
        await StartAsync(withRedis ? Servers.Redis : NoRedis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        await screen.WatchAsync(e.Code);
        var scenes = (await here.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes;

        await here.Get<StageConductor>().ShowAsync(e.Id, scenes.First(s => s.Kind == SceneKind.Oath).Id, 3);
        Assert.Equal(3, (await InTimeAsync(screen, e, s => s.Kind == "oath")).Step);

        // The other host goes on from there; whichever node ends the countdown, all screens see the wave.
        Assert.True(await there.Get<StageConductor>().SignNowAsync(e.Id));
        var counting = await screen.SceneAsync(s => s.SigningUntil is not null);
        clock.Advance(TimeSpan.FromMilliseconds(counting.SigningUntil!.Value - counting.Now));
        await InTimeAsync(screen, e, s => s.Kind == "wave");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_withdrawn_at_one_node_leaves_the_screens_of_the_other_within_a_second(bool withRedis)
    {
        await StartAsync(withRedis ? Servers.Redis : NoRedis);
        var e = await here.SeedEventAsync();
        await here.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var request = Signing.Family(e);
        request["consents"]!["showMaskedName"] = true;
        await SignAsync(here, e, request);
        var published = (await there.Get<PublishedEvents>().ReadAnewAsync(e.Id, Cancellation))!;
        var waiting = await there.Get<NameGate>().WaitingAsync(published, 10, Cancellation);
        await there.Get<NameGate>().DecideAsync(published, [.. waiting.Select(name => name.Sequence)], approved: true, Cancellation);
        await there.Get<StageConductor>().NamesChangedAsync(e.Id);
        await using var screen = await Screen.ConnectAsync(there.Address);
        Assert.Equal(["王*", "王**"], (await screen.WatchAsync(e.Code)).Scene.Names);

        await here.Get<PledgeLedger>().WithdrawAsync(1);
        if (!withRedis)
            clock.Advance(TimeSpan.FromSeconds(1));

        await screen.SceneAsync(scene => scene.Names.Count == 0);
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
    public async Task The_screens_of_one_node_are_seen_by_a_host_at_the_other()
    {
        await StartAsync(Servers.Redis);
        var e = await here.SeedEventAsync();
        await using var screen = await Screen.ConnectAsync(there.Address);
        var now = await screen.WatchAsync(e.Code);
        var name = Guid.NewGuid();

        await screen.ShowsAsync(name, now.Scene.Version, soundBlocked: true);
        await UntilAsync(screen, e, () => here.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version) is [{ SoundBlocked: true }]);
        await screen.LeavesAsync(name);
        await UntilAsync(screen, e, () => here.Get<ScreenRegistry>().Of(e.Id, now.Scene.Version) is []);
    }

    [Fact]
    public async Task Withdrawing_and_wiping_at_one_node_count_at_the_other()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync(EventState.Rehearsal);
        var real = await here.SeedEventAsync();
        await SignAsync(here, e);
        await SignAsync(here, e);
        await SignAsync(here, real);
        await SignAsync(here, real);

        await here.Get<PledgeLedger>().WithdrawAsync(1);
        await here.Get<PledgeLedger>().WipeRehearsalAsync(e.Id, by: null);
        await here.Get<PledgeLedger>().WithdrawAsync(5);

        await there.Get<PledgeLedger>().ProbeAsync();
        Assert.Equal(0, there.Get<TallyBoard>().Rehearsed(e.Id));
        Assert.Equal((2, 1), (Tally(there, real).People, Tally(there, real).Families));
        Assert.Equal(Tally(here, real).Version, Tally(there, real).Version);
        await SignAsync(there, e);
        Assert.Equal(1, await NumberAsync(p => p.EventId == e.Id));
    }

    [Fact]
    public async Task A_child_that_signed_at_one_node_is_recognised_at_the_other()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        await SignAsync(here, e, Family(e, "李芳", "mother"));
        await SignAsync(there, e, Family(e, "王刚", "father"));

        foreach (var node in new[] { here, there })
        {
            await node.Get<PledgeLedger>().ProbeAsync();
            Assert.Equal((3, 1), (Tally(node, e).People, Tally(node, e).Families));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_is_signed_and_set_right_at_either_node_both_count_the_same(int seed)
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            // Mostly without hearing of each other in between: an act may reach pledges that the other node has not counted.
            var node = random.Next(2) == 0 ? here : there;
            var (any, other) = (random.Next(1, 2 * i + 3), random.Next(1, 2 * i + 3));
            var act = node.Get<PledgeLedger>();
            Task done = random.Next(10) switch
            {
                < 5 => SignAsync(node, e, Family(e, $"家长{random.Next(4)}", random.Next(2) == 0 ? "mother" : "father")),
                5 => act.WithdrawAsync(any),
                6 => act.CorrectAsync(any, [new("王小明", e.Junior, null), new("李芳", e.Junior, null)]),
                7 => act.MergeAsync(any, other, by: 1),
                8 => act.InvalidateAsync([any, other], by: 1),
                _ => act.ReinstateAsync([any, other], by: 1),
            };
            await done;
        }

        await here.Get<PledgeLedger>().ProbeAsync();
        await there.Get<PledgeLedger>().ProbeAsync();
        var (at, same) = (Tally(here, e), Tally(there, e));
        Assert.Equal((at.Version, at.People, at.Families), (same.Version, same.People, same.Families));
        Assert.Equal(at.ByClass, same.ByClass);
        Assert.Equal(0, await here.Get<TallyRecount>().RunAsync(Cancellation));
        Assert.Equal(0, await there.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task One_key_at_both_nodes_at_once_is_one_pledge_with_one_receipt()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var request = Signing.Family(e);
        using var left = here.CreateClient();
        using var right = there.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => (i % 2 == 0 ? left : right).SignAsync(e.Code, request.DeepClone())));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(39, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.JsonAsync())))
            .Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(2, Tally(here, e).People);
    }

    [Fact]
    public async Task Nodes_that_write_at_once_number_everybody_once_and_a_node_that_joins_meanwhile_counts_all()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var first = Task.WhenAll(Enumerable.Range(0, 150).Select(i => SignAsync(i % 2 == 0 ? here : there, e)));
        await using var late = Node(NoRedis);
        await late.InitializeAsync();
        var rest = Task.WhenAll(Enumerable.Range(0, 150).Select(i => SignAsync(i % 2 == 0 ? late : there, e)));
        await Task.WhenAll(first, rest);

        foreach (var node in new[] { here, there, late })
        {
            await node.Get<PledgeLedger>().ProbeAsync();
            Assert.Equal((600, 300), (Tally(node, e).People, Tally(node, e).Families));
            Assert.Equal(0, await node.Get<TallyRecount>().RunAsync(Cancellation));
        }
        await using var db = here.OpenStore();
        Assert.Equal(Enumerable.Range(1, 600), await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Number).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_the_opening_records_what_counts_and_leaves_no_practice_behind()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync(EventState.Rehearsal);
        await SignAsync(there, e);

        await here.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        await here.Get<PledgeLedger>().WipeRehearsalAsync(e.Id, by: null);
        await SignAsync(there, e);

        await using var db = here.OpenStore();
        Assert.All(await db.Pledges.ToListAsync(Cancellation), pledge => Assert.False(pledge.Rehearsal));
        Assert.Equal(2, Tally(there, e).People);
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

    private async Task<int> NumberAsync(System.Linq.Expressions.Expression<Func<Pledge, bool>> which)
    {
        await using var db = here.OpenStore();
        return await db.Pledges.Where(which).MinAsync(p => p.Number, Cancellation);
    }
}
