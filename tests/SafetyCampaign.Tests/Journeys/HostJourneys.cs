using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A host with a phone in the hand, and what the hall sees of it.</summary>
public sealed class HostJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task One_press_brings_the_next_scene_onto_every_screen_and_into_the_small_picture()
    {
        var e = await App.SeedEventAsync();
        var (one, two) = (await WatchAsync(e), await WatchAsync(e));
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Speech);

        await host.Locator("#next").ClickAsync();

        foreach (var stage in new[] { one, two })
            await Expect(On(stage)).ToHaveAttributeAsync("data-kind", "lecture");
        await Expect(host.FrameLocator(".picture iframe").Locator(".room:not([hidden])")).ToHaveAttributeAsync("data-kind", "lecture");
        await Expect(host.Locator("#scene h2")).ToContainTextAsync("防溺水知识讲座");
        await host.Locator("#blank").ClickAsync();
        await Expect(one.Locator("body")).ToHaveAttributeAsync("data-blank", "");
        await host.Locator("#blank").ClickAsync();
        await Expect(one.Locator("body")).Not.ToHaveAttributeAsync("data-blank", "");
    }

    [Theory]
    [InlineData(MouseButton.Right)] // opens a menu, which swallows the release
    [InlineData(MouseButton.Left)] // released over another window
    public async Task A_press_whose_release_never_comes_does_not_stop_the_page(MouseButton button)
    {
        var e = await App.SeedEventAsync();
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Speech);
        await host.Locator("#scene h2").HoverAsync();
        await host.Mouse.DownAsync(new() { Button = button });
        await host.EvaluateAsync("addEventListener('pointerup', event => event.stopImmediatePropagation(), true)");

        using var phone = App.CreateClient();
        await phone.SignAsync(e.Code, Signing.Family(e));

        await Expect(host.Locator("#signing .count b").First).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task From_the_oath_to_now_sign_the_waiting_phone_opens_and_the_wave_comes_up()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var stage = await WatchAsync(e);
        var family = await PhoneAsync();
        await family.GotoAsync($"/e/{e.Code}?c={e.Primary}");
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Oath);
        var published = await PublishedAsync(e);
        var lines = OathScene.LinesOf(published, published.FirstOf(SceneKind.Oath)).Count;
        for (var line = 1; line <= lines; line++)
        {
            await Expect(host.Locator("#next b")).ToHaveTextAsync($"{line}/{lines}");
            await host.Locator("#next").ClickAsync();
        }
        await Expect(host.Locator("#next b")).ToHaveTextAsync("现在签");

        await host.Locator("#next").ClickAsync();

        await Expect(On(stage)).ToHaveAttributeAsync("data-kind", "signing");
        await Expect(host.Locator(".countdown b")).ToBeVisibleAsync();
        await Expect(family.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync($"{e.Primary}");
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));
        await Expect(host.Locator("#signing .count b").First).ToHaveTextAsync("2");
        await Expect(host.Locator("#signing")).ToContainTextAsync("大屏上不显示人数");
        await Expect(host.Locator("#next")).ToBeDisabledAsync();
        await host.Keyboard.PressAsync("PageDown"); // the remote
        await host.GetByRole(AriaRole.Button, new() { Name = "现在就亮出人数" }).ClickAsync();
        await Expect(host.Locator("#next b")).ToHaveTextAsync("承诺的浪潮");
        await Expect(On(stage)).ToHaveAttributeAsync("data-kind", "signing");
        await host.Locator("#next").ClickAsync();
        await Expect(On(stage)).ToHaveAttributeAsync("data-kind", "wave");
    }

    [Fact]
    public async Task A_name_that_the_host_approves_comes_onto_the_stage()
    {
        var e = await App.SeedEventAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var stage = await WatchAsync(e);
        var host = await HostAsync(e);
        await Expect(host.Locator("#names")).ToContainTextAsync("没有等待通过的名字");
        using var phone = App.CreateClient();
        var request = Signing.Family(e, "欧阳小明", "李芳");
        request["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, request);

        await Expect(host.Locator("#names li")).ToHaveCountAsync(2);
        await host.GetByRole(AriaRole.Button, new() { Name = "不显示 李*" }).ClickAsync();
        await Expect(host.Locator(".names li")).ToHaveCountAsync(1);
        await host.GetByRole(AriaRole.Button, new() { Name = "通过 欧**", Exact = true }).ClickAsync();

        await Expect(stage.GetByText("欧**").First).ToBeVisibleAsync();
        await Expect(stage.GetByText("李*")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_a_script_each_button_is_a_form()
    {
        var e = await App.SeedEventAsync();
        var host = await HostAsync(e, with => with.JavaScriptEnabled = false);
        await ShowAsync(host, e, SceneKind.Film);

        await Expect(host.Locator("#run")).ToContainTextAsync("开声音");
        await host.Locator("#run").ClickAsync();
        await Expect(host.Locator("#run")).ToHaveTextAsync("暂停");
        await Expect(host.Locator("#sound")).ToHaveClassAsync(new Regex("\\bon\\b"));
        await host.Locator("#next").ClickAsync();
        await Expect(host.Locator("#scene h2")).ToContainTextAsync("动员讲话");
        await host.Locator("#close summary").ClickAsync();
        await host.Locator("#close button").ClickAsync();
        await Expect(host.Locator("#signing .badge")).ToHaveClassAsync("badge closed");
    }

    [Fact]
    public async Task Everything_is_reached_and_pressed_by_keyboard()
    {
        var e = await App.SeedEventAsync();
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Film);
        foreach (var button in new[] { "run", "sound", "hold", "next" })
        {
            await ReachAsync(host, host.Locator($"#{button}"));
            // A bar that was just replaced takes no press for 300 ms.
            await Expect(host.Locator("main")).Not.ToHaveAttributeAsync("data-settling", "");
            var before = await host.Locator($"#{button}").GetAttributeAsync("formaction");
            await host.Keyboard.PressAsync("Enter");
            await Expect(host.Locator($"#{button}")).Not.ToHaveAttributeAsync("formaction", before!);
            // The answer replaced the button; who pressed it is still there.
            await Expect(host.Locator($"#{button}")).ToBeFocusedAsync();
        }
    }

    [Theory]
    [InlineData("PageDown", "PageUp")]
    [InlineData("ArrowRight", "ArrowLeft")]
    public async Task A_presenters_remote_goes_on_and_back(string on, string back)
    {
        var e = await App.SeedEventAsync();
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Speech);
        await Expect(host.Locator("main")).Not.ToHaveAttributeAsync("data-settling", "");

        await host.Keyboard.PressAsync(on);
        await Expect(host.Locator("#scene h2")).ToContainTextAsync("防溺水知识讲座");
        await Expect(host.Locator("main")).Not.ToHaveAttributeAsync("data-settling", "");
        await host.Keyboard.PressAsync(back);

        await Expect(host.Locator("#scene h2")).ToContainTextAsync("动员讲话");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_hosts_page_keeps_nobody_out_and_fits_the_hand(ColorScheme theme)
    {
        var e = await App.SeedEventAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        using var phone = App.CreateClient();
        var request = Signing.Family(e);
        request["consents"]!["showMaskedName"] = true;
        await phone.SignAsync(e.Code, request);
        var host = await HostAsync(e, with => with.ColorScheme = theme);
        foreach (var kind in new[] { SceneKind.Film, SceneKind.Oath, SceneKind.Signing })
        {
            await ShowAsync(host, e, kind);
            await AccessibleAsync(host);
            await NoSidewaysAsync(host);
        }
        await host.Locator("#close summary").ClickAsync();
        await AccessibleAsync(host);
        await EnlargeTextAsync(host);
        await NoSidewaysAsync(host);
    }

    [Fact]
    public async Task The_host_is_told_what_the_audience_does_not_see_that_a_screen_is_cut_off()
    {
        var e = await App.SeedEventAsync();
        var host = await HostAsync(e);
        await Expect(host.Locator("#screens")).ToContainTextAsync("还没有大屏连上");
        var stage = await WatchAsync(e);
        await Expect(host.Locator("#screens")).ToHaveTextAsync("1块大屏，画面正常");
        await WatchAsync(e);
        await Expect(host.Locator("#screens")).ToHaveTextAsync("2块大屏，画面一致");

        await stage.Context.SetOfflineAsync(true);
        await Expect(host.Locator("#screens")).ToContainTextAsync("大屏1断线0:");
        await Expect(host.Locator("#screens .others")).ToHaveTextAsync("另外1块大屏，画面正常");
        await stage.Context.SetOfflineAsync(false);

        await Expect(host.Locator("#screens")).ToHaveTextAsync("2块大屏，画面一致");
    }

    [Fact]
    public async Task A_phone_that_loses_its_line_says_so_and_goes_on_when_it_is_back()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        var host = await HostAsync(e);
        await ShowAsync(host, e, SceneKind.Welcome);

        await host.Context.SetOfflineAsync(true);
        await Expect(host.Locator("#trouble")).ToContainTextAsync("这部手机断线");
        await Expect(host.Locator("main")).ToHaveAttributeAsync("data-cut-off", ""); // what it says of screens is pale
        await host.Context.SetOfflineAsync(false);
        await Expect(host.Locator("#trouble")).ToBeHiddenAsync();
        await Expect(host.Locator("main")).Not.ToHaveAttributeAsync("data-cut-off", "");
        await host.Locator("#next").ClickAsync();

        await Expect(On(stage)).ToHaveAttributeAsync("data-kind", "film");

        // A press without an answer, and one that the server does not do, are said until the next press, not until the next look alone.
        await host.RouteAsync("**/host/*handler=Blank*", route => route.AbortAsync());
        await host.Locator("#blank").ClickAsync();
        await StandsAsync(host, "刚才那一下没有回音");
        await host.Locator("#next").EvaluateAsync("it => it.setAttribute('formaction', it.formAction.replace(/scene=\\d+/, 'scene=0'))");
        await host.Locator("#next").ClickAsync();
        await StandsAsync(host, "这一步没有做成");
        await host.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await host.Locator("#blank").ClickAsync();
        await Expect(host.Locator("#trouble")).ToBeHiddenAsync();
    }

    /// <summary>Words in the alert, which two looks of the page do not take away.</summary>
    private static async Task StandsAsync(IPage host, string words)
    {
        await Expect(host.Locator("#trouble")).ToContainTextAsync(words);
        for (var looks = 0; looks < 2; looks++)
            await host.WaitForResponseAsync("**/host/*handler=Now");
        await Expect(host.Locator("#trouble")).ToContainTextAsync(words);
    }

    [Fact]
    public async Task Two_hosts_see_what_the_other_does()
    {
        var e = await App.SeedEventAsync();
        var (one, two) = (await HostAsync(e), await HostAsync(e));
        await ShowAsync(one, e, SceneKind.Speech);
        await Expect(two.Locator("#scene h2")).ToContainTextAsync("动员讲话");

        await two.Locator("#next").ClickAsync();

        await Expect(one.Locator("#scene h2")).ToContainTextAsync("防溺水知识讲座");
    }

    [Fact]
    public async Task A_link_that_is_revoked_ends_the_page_that_is_open()
    {
        var e = await App.SeedEventAsync();
        var (id, address) = await App.SeedHostLinkAsync(e);
        var host = await PhoneAsync();
        await host.GotoAsync(address);
        await Expect(host.Locator("#next")).ToBeVisibleAsync();

        await using (var db = App.OpenStore())
        {
            (await db.HostLinks.FindAsync([id], TestContext.Current.CancellationToken))!.Revoke(DateTimeOffset.UnixEpoch);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Expect(host.GetByRole(AriaRole.Heading, new() { Name = "这个主持链接已收回" })).ToBeVisibleAsync();
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) =>
        (await App.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;

    /// <summary>Goes to a scene by the list of all of them.</summary>
    private async Task ShowAsync(IPage host, SeededEvent e, SceneKind kind)
    {
        var scene = (await PublishedAsync(e)).FirstOf(kind);
        await host.Locator($"#to-{scene.Id}").ClickAsync();
        await Expect(host.Locator($"#to-{scene.Id}")).ToHaveAttributeAsync("aria-current", "step");
    }

    private static ILocator On(IPage stage) => stage.Locator(".room:not([hidden])");

    private static async Task ReachAsync(IPage page, ILocator target)
    {
        for (var presses = 0; presses < 60 && !await target.EvaluateAsync<bool>("it => it === document.activeElement"); presses++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(target).ToBeFocusedAsync();
    }
}
