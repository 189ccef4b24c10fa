using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Films;
using SafetyCampaign.Tests.Display;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The film: at the same place on every projector, in the host's hand, and from the desk to the stage.</summary>
public sealed class FilmJourneys(Browser browser) : Journey(browser)
{
    private StageConductor Host => App.Get<StageConductor>();

    [Fact]
    public async Task Two_projectors_and_one_that_comes_late_show_the_same_second()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Expect(stage.GetByText("影片马上开始")).ToBeVisibleAsync();
        await Expect(Film(stage)).ToBeHiddenAsync();

        await Host.SeekAsync(e.Id, 10_000);
        await Host.RunAsync(e.Id, true);
        var late = await WatchAsync(e);
        foreach (var projector in new[] { stage, late })
            await IsInStepAsync(projector, await App.StageBeganAsync(e));

        await Host.RunAsync(e.Id, false);
        foreach (var projector in new[] { stage, late })
            await projector.WaitForFunctionAsync(
                "() => { const film = document.querySelector('video'); return film.paused && !film.seeking; }");
        Assert.Equal(await PlaceAsync(stage), await PlaceAsync(late), 2);
    }

    [Fact]
    public async Task The_host_goes_to_another_place_and_a_reload_falls_in_there()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Host.RunAsync(e.Id, true);
        await PlaysAsync(stage, muted: true);

        await Host.SeekAsync(e.Id, 40_000);
        await stage.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 40");
        await Host.RunAsync(e.Id, false);
        await stage.ReloadAsync();

        await Expect(Film(stage)).ToBeVisibleAsync();
        await stage.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 40");
    }

    [Fact]
    public async Task The_host_sees_how_long_it_is_and_goes_to_another_place_by_the_bar()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var host = await HostAsync(e);
        await Expect(host.Locator(".seek output")).ToHaveTextAsync("0:00 / 1:00");

        await host.Locator("#seek").EvaluateAsync(
            "bar => { bar.value = 40; for (const kind of ['input', 'change']) bar.dispatchEvent(new Event(kind, { bubbles: true })); }");

        await Expect(host.Locator("#playing .clock")).ToHaveTextAsync("0:40");
        await Expect(host.Locator(".seek output")).ToHaveTextAsync("0:40 / 1:00");
    }

    [Fact]
    public async Task It_is_silent_until_the_host_wants_sound_and_the_machine_was_touched()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await StageAsync();
        await stage.AllowSoundOnlyAfterAKeyAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        await Host.RunAsync(e.Id, true);
        await PlaysAsync(stage, muted: true);

        await Host.SoundAsync(e.Id, true, 60);
        await stage.WaitForFunctionAsync("() => document.querySelector('video').volume === .6");
        await PlaysAsync(stage, muted: true);
        await stage.Keyboard.PressAsync("Enter");
        await PlaysAsync(stage, muted: false);

        await Host.SoundAsync(e.Id, false, 60);
        await PlaysAsync(stage, muted: true);
    }

    [Fact]
    public async Task Another_scene_stops_it_and_takes_the_stage()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Host.RunAsync(e.Id, true);
        await PlaysAsync(stage, muted: true);

        await Host.ShowAsync(e.Id, await App.SettleSceneAsync(e, SceneKind.Cpr, settings => settings), 0);

        await Expect(Film(stage)).ToBeHiddenAsync();
        Assert.True(await stage.EvaluateAsync<bool>("document.querySelector('video').paused"));
    }

    [Fact]
    public async Task Without_a_film_its_title_stands_on_the_stage_and_no_word_of_error()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var scene = await App.SettleSceneAsync(e, SceneKind.Film, settings => settings);
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Host.RunAsync(e.Id, true);

        await Expect(stage.GetByRole(AriaRole.Heading, new() { Name = "防溺水安全教育专题片" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_on_the_machine_at_the_projector_is_chosen_once_and_stays_through_a_reload()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var scene = await App.SettleSceneAsync(e, SceneKind.Film, settings => settings with { FilmOnLaptop = true });
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Expect(stage.GetByText("选择影片文件")).ToBeVisibleAsync();
        await stage.Locator(".film-choose input")
            .SetInputFilesAsync(new FilePayload { Name = "film.webm", MimeType = "video/webm", Buffer = TestFilm.Bytes });
        await Expect(stage.Locator(".film-choose")).ToHaveAttributeAsync("data-kept", "");

        await Host.SeekAsync(e.Id, 20_000);
        await Host.RunAsync(e.Id, true);
        await IsInStepAsync(stage, await App.StageBeganAsync(e));
        await stage.ReloadAsync();

        await IsInStepAsync(stage, await App.StageBeganAsync(e));
    }

    [Fact]
    public async Task An_organizer_uploads_a_film_and_watches_it_at_the_desk()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/scenes");
        await page.Locator(".scene summary", new() { HasText = "教育片" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "添加影片" }).ClickAsync();
        await AccessibleAsync(page);

        await page.GetByLabel("影片文件")
            .SetInputFilesAsync(new FilePayload { Name = "film.mp4", MimeType = "video/mp4", Buffer = "no film at all"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "上传" }).ClickAsync();
        await Expect(page.GetByText("不是MP4或WebM影片")).ToBeVisibleAsync();
        await page.GetByLabel("影片文件")
            .SetInputFilesAsync(new FilePayload { Name = "film.webm", MimeType = "video/webm", Buffer = TestFilm.Bytes });
        // A proxy before the server.
        await page.RouteAsync("**/scenes/*/film*", route => route.Request.Method != "POST" ? route.ContinueAsync()
            : route.FulfillAsync(new() { Status = 502, ContentType = "text/html", Body = "<h1>Bad Gateway</h1>" }));
        await page.GetByRole(AriaRole.Button, new() { Name = "上传" }).ClickAsync();
        await Expect(page.GetByText("上传中断了")).ToBeVisibleAsync();
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await page.GetByRole(AriaRole.Button, new() { Name = "上传" }).ClickAsync();

        await Expect(page.GetByText("影片已保存")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync($"() => document.querySelector('video').duration === {TestFilm.Seconds}");
        await Expect(page.Locator("#film-unplayable")).ToBeHiddenAsync();
        await AccessibleAsync(page);
        await page.SetViewportSizeAsync(390, 844);
        await NoSidewaysAsync(page);
    }

    [Fact]
    public async Task An_organizer_without_scripts_uploads_a_film_all_the_same()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var page = await DeskAsync(options => options.JavaScriptEnabled = false);
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/scenes");
        await page.Locator(".scene summary", new() { HasText = "教育片" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "添加影片" }).ClickAsync();

        await page.GetByLabel("影片文件")
            .SetInputFilesAsync(new FilePayload { Name = "film.webm", MimeType = "video/webm", Buffer = TestFilm.Bytes });
        await page.GetByRole(AriaRole.Button, new() { Name = "上传" }).ClickAsync();

        await Expect(page.GetByText("影片已保存")).ToBeVisibleAsync();
    }

    private static ILocator Film(IPage stage) => stage.Locator("video.film-picture");

    private static Task<double> PlaceAsync(IPage stage) => stage.EvaluateAsync<double>("document.querySelector('video').currentTime");

    private static Task PlaysAsync(IPage stage, bool muted) => stage.WaitForFunctionAsync(
        "muted => { const film = document.querySelector('video'); return !film.paused && film.muted === muted; }", muted);

    /// <summary>Waits until the film is where the clock says; server, browser and test share a machine, and so its clock.</summary>
    private static Task IsInStepAsync(IPage stage, long began) => stage.WaitForFunctionAsync(
        "began => { const film = document.querySelector('video'); return !film.paused && Math.abs(film.currentTime - (Date.now() - began) "
            + "/ 1000) < .2; }", began);

    private async Task<(SeededEvent Event, int Scene)> SeedAsync()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var (_, name) = await App.Get<FilmStore>()
            .KeepAsync(new MemoryStream(TestFilm.Bytes), declared: null, TestContext.Current.CancellationToken);
        return (e, await App.SettleSceneAsync(e, SceneKind.Film, settings => settings with { Film = name! }));
    }
}
