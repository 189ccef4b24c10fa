using System.Net;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What becomes of a stage when its line fails, and what the host is told of it.</summary>
public sealed class StageLineJourneys(Browser browser) : Journey(browser)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private StageConductor Host => App.Get<StageConductor>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_sockets_are_blocked_a_stage_follows_by_asking_and_the_host_knows_it()
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync();
        await stage.AddInitScriptAsync("window.WebSocket = class { constructor() { throw new DOMException('blocked'); } }");
        await stage.GotoAsync($"/display/{e.Code}");

        await ShowAsync(e, SceneKind.Lecture, 2);
        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-kind", "lecture");
        await ShowAsync(e, SceneKind.Signing);
        using var phone = App.CreateClient();
        await phone.SignAsync(e.Code, Signing.Family(e));

        await Expect(stage.Locator(".signing [data-people]")).ToHaveTextAsync("2");
        await Expect(stage.Locator("body")).ToHaveAttributeAsync("data-line", "up");
        await HostSeesAsync(e, screens => screens is [{ IsBehind: false, LostSince: null }]);
    }

    [Fact]
    public async Task A_router_that_dies_shows_a_small_dot_and_no_word_and_the_host_sees_which_screen_is_lost()
    {
        var e = await App.SeedEventAsync();
        await using var line = new ImpairedProxy(IPEndPoint.Parse($"127.0.0.1:{App.Address.Port}"));
        var (well, cut) = (await WatchAsync(e), await StageAsync());
        await HostSeesAsync(e, screens => screens.Count == 1);
        await cut.GotoAsync(new Uri(line.Address, $"/display/{e.Code}").ToString());
        await HostSeesAsync(e, screens => screens is [{ LostSince: null }, { LostSince: null }]);
        var words = await cut.Locator("main").InnerTextAsync();

        line.Break(CutKind.Silent);
        await Expect(cut.Locator("body")).ToHaveAttributeAsync("data-line", "down");
        await HostSeesAsync(e, screens => screens is [{ LostSince: null }, { Number: 2, LostSince: not null }]);
        Assert.Equal(words, await cut.Locator("main").InnerTextAsync());
        await ShowAsync(e, SceneKind.Speech);
        await Expect(well.Locator("main")).ToHaveAttributeAsync("data-kind", "speech");
        await HostSeesAsync(e, screens => screens is [{ IsBehind: false }, { IsBehind: true }]);

        line.Mend();
        await Expect(cut.Locator("main")).ToHaveAttributeAsync("data-kind", "speech");
        await Expect(cut.Locator("body")).ToHaveAttributeAsync("data-line", "up");
        await HostSeesAsync(e, screens => screens is [{ Number: 1, LostSince: null }, { Number: 2, LostSince: null, IsBehind: false }]);
    }

    [Fact]
    public async Task What_the_desk_changed_while_a_stage_was_cut_off_stands_on_it_afterwards()
    {
        var e = await App.SeedEventAsync();
        await using var line = new ImpairedProxy(IPEndPoint.Parse($"127.0.0.1:{App.Address.Port}"));
        var stage = await WatchAsync(e, line.Address);

        line.Break(CutKind.Silent);
        await Expect(stage.Locator("body")).ToHaveAttributeAsync("data-line", "down");
        await App.ChangeEventAsync(e.Id, gathering => gathering.Describe("改了名字的活动", "学校礼堂", [], []));
        line.Mend();

        await Expect(stage.GetByText("改了名字的活动").First).ToBeVisibleAsync();
        await Expect(stage.Locator(".where")).ToContainTextAsync("学校礼堂");
    }

    [Fact]
    public async Task A_stage_of_many_classes_is_told_of_those_that_change_and_asks_for_all_where_it_has_missed_a_message()
    {
        var e = await App.SeedEventAsync();
        var classes = await App.SeedFurtherClassesAsync(e, 20);
        using var phone = App.CreateClient();
        var stage = await StageAsync();
        var changes = 0;
        await stage.RouteWebSocketAsync("**/hubs/display", line =>
        {
            var server = line.ConnectToServer();
            server.OnMessage(message =>
            {
                var isChange = message.Text?.Contains("\"since\"", StringComparison.Ordinal) == true;
                if (message.Text is { } text && !(isChange && ++changes == 2)) // the second is lost
                    line.Send(text);
            });
        });
        await stage.GotoAsync($"/display/{e.Code}");
        await HostSeesAsync(e, screens => screens.Count == 1);
        ILocator Vessel(int place) => stage.Locator($"[data-class='{classes[place]}']");

        await SignAsync(0);
        await Expect(Vessel(0)).ToHaveAttributeAsync("data-count", "1");
        await SignAsync(1);
        await SignAsync(2);
        await Expect(Vessel(2)).ToHaveAttributeAsync("data-count", "1");
        await Expect(Vessel(1)).ToHaveAttributeAsync("data-count", "1");
        await Expect(stage.Locator(".signing [data-people]")).ToHaveTextAsync("6");
        Assert.True(changes >= 3);

        // A message for each: the next one signs when the one before has been told.
        async Task SignAsync(int place)
        {
            await phone.SignAsync(e.Code, Signing.Request(classes[place],
                [Signing.Signer("student", $"王小{"甲乙丙"[place]}"), Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true));
            await HostSeesAsync(e, _ => changes > place);
        }
    }

    [Fact]
    public async Task A_reloaded_stage_is_the_same_screen_and_a_closed_one_is_none()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        await HostSeesAsync(e, screens => screens.Count == 1);
        var picture = await StageAsync();
        await picture.GotoAsync($"/display/{e.Code}?picture");

        await stage.ReloadAsync();
        await ShowAsync(e, SceneKind.Speech);
        await Expect(picture.Locator("main")).ToHaveAttributeAsync("data-kind", "speech");
        await HostSeesAsync(e, screens => screens is [{ LostSince: null, IsBehind: false }]);

        await stage.GotoAsync("/");
        await HostSeesAsync(e, screens => screens.Count == 0);
    }

    [Fact]
    public async Task Sound_that_waits_for_a_key_at_the_machine_is_told_to_the_host()
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync();
        await stage.AllowSoundOnlyAfterAKeyAsync();
        await stage.GotoAsync($"/display/{e.Code}");

        await Host.SoundAsync(e.Id, true, 60);
        await HostSeesAsync(e, screens => screens is [{ SoundBlocked: true }]);
        await stage.Keyboard.PressAsync("Enter");

        await HostSeesAsync(e, screens => screens is [{ SoundBlocked: false }]);
    }

    [Fact]
    public async Task Where_the_browser_grants_no_wake_lock_a_muted_video_plays_and_the_host_is_told()
    {
        var e = await App.SeedEventAsync();
        var (without, with) = (await StageAsync(), await StageAsync());
        await without.AddInitScriptAsync("delete Navigator.prototype.wakeLock"); // as on http
        await with.AddInitScriptAsync(GrantWakeLock);

        await without.GotoAsync($"/display/{e.Code}");
        await HostSeesAsync(e, screens => screens is [{ MaySleep: true }]);
        await with.GotoAsync($"/display/{e.Code}");
        await HostSeesAsync(e, screens => screens is [{ MaySleep: true }, { MaySleep: false }]);

        await without.WaitForFunctionAsync("() => document.querySelector('video.awake')?.currentTime > 0");
        Assert.True(await without.EvaluateAsync<bool>(
            "(video => video.muted && video.playsInline && !video.paused)(document.querySelector('video.awake'))"));
        // Chromium keeps the screen on for a video that covers a fifth of the page.
        Assert.True(await without.EvaluateAsync<bool>(
            "(box => box.width * box.height >= innerWidth * innerHeight)(document.querySelector('video.awake').getBoundingClientRect())"));
        await Expect(with.Locator("video.awake")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_stage_that_is_opened_or_reloaded_while_the_count_is_held_never_shows_another()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        await phone.SignAsync(e.Code, Signing.Family(e));
        await Host.HoldAsync(e.Id, true);
        for (var i = 0; i < 3; i++)
            await phone.SignAsync(e.Code, Signing.Family(e, $"王小{"甲乙丙"[i]}", $"王{"甲乙丙"[i]}"));
        var second = await StageAsync();
        await second.AddInitScriptAsync(
            """
            window.counts = [];
            new MutationObserver(seen => {
              for (const { type, target } of seen)
                if (type === 'attributes') counts.push(target.dataset.people);
            }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-people'] });
            """);

        foreach (var open in new Func<Task>[] { () => second.GotoAsync($"/display/{e.Code}"), () => second.ReloadAsync() })
        {
            await open();
            await HostSeesAsync(e, screens => screens is [{ IsBehind: false, LostSince: null }]);
            // Told by the socket and shown: the next one has to travel the same way.
            var paints = second.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await paints;
            Assert.Equal("2", await second.Locator(".signing [data-people]").GetAttributeAsync("data-people"));
            Assert.DoesNotContain(await second.EvaluateAsync<string[]>("counts"), count => count != "2");
        }

        await Host.HoldAsync(e.Id, false);
        await Expect(second.Locator(".signing [data-people]")).ToHaveTextAsync("8");
    }

    private async Task ShowAsync(SeededEvent e, SceneKind kind, int step = 0)
    {
        var published = (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        Assert.True(await Host.ShowAsync(e.Id, published.Scenes.First(scene => scene.Kind == kind).Id, step));
    }

    /// <summary>Looks as often as the host's page does, until it is so.</summary>
    private async Task HostSeesAsync(SeededEvent e, Func<IReadOnlyList<ScreenStatus>, bool> wanted)
    {
        using var enough = new CancellationTokenSource(Patience);
        while (true)
        {
            var published = (await App.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
            var scene = await App.Get<StageReader>().SceneAsync(published, Cancellation);
            var screens = App.Get<ScreenRegistry>().Of(e.Id, scene.Version);
            if (wanted(screens))
                return;
            Assert.False(enough.IsCancellationRequested, $"The host sees {string.Join(", ", screens)}.");
            await Task.Delay(100, Cancellation);
        }
    }
}
