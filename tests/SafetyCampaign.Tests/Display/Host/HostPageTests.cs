using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display.Host;

/// <summary>What the host's presses do to the stage.</summary>
public sealed class HostPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Next_walks_through_all_scenes_and_their_steps_and_back_undoes_it()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        var host = await HostVisitor.EnterAsync(app, e);
        var published = await PublishedAsync(e);
        var rundown = app.Get<StageReader>().RundownOf(published);
        var expected = rundown.Scenes
            .SelectMany(scene => Enumerable.Range(0, rundown.StepsOf(scene)).Select(step => (scene.Id, step))).ToList();
        await host.PressAsync($"to-{expected[0].Id}");

        var seen = new List<(int, int)> { await PlaceAsync(e) };
        while (await host.ActionOfAsync("next") is { } next)
        {
            // After the oath the button opens signing; the way from there is the signing scene's.
            if (next.Contains("SignNow", StringComparison.Ordinal))
                await host.SendAsync($"/host/{e.Code}?handler=Show&scene={published.FirstOf(SceneKind.Signing).Id}&step=0");
            else
                await host.PressAsync("next");
            seen.Add(await PlaceAsync(e));
        }
        Assert.Equal(expected, seen);

        while (await host.ActionOfAsync("back") is not null)
        {
            seen.RemoveAt(seen.Count - 1);
            await host.PressAsync("back");
            Assert.Equal(seen[^1], await PlaceAsync(e));
        }
        Assert.Single(seen);
    }

    [Fact]
    public async Task A_press_that_arrives_twice_does_no_harm()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        var lecture = (await PublishedAsync(e)).FirstOf(SceneKind.Lecture);
        await host.PressAsync($"to-{lecture.Id}");
        var next = await host.ActionOfAsync("next");

        await host.SendAsync(next!);
        await host.SendAsync(next!);

        Assert.Equal((lecture.Id, 1), await PlaceAsync(e));
    }

    /// <summary>200 would tell it that the stage has changed.</summary>
    [Fact]
    public async Task A_script_is_told_in_words_of_an_act_that_was_not_done()
    {
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        await client.GetAsync(new Uri((await app.SeedHostLinkAsync(e)).Address, UriKind.Relative), Cancellation);
        client.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var answer = await client.SubmitAsync($"/host/{e.Code}", [], $"/host/{e.Code}?handler=Show&scene=0&step=0");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("这一步没有做成", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_last_line_of_the_oath_the_great_button_opens_signing()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var host = await HostVisitor.EnterAsync(app, e);
        var published = await PublishedAsync(e);
        var oath = published.FirstOf(SceneKind.Oath);
        await host.SendAsync($"/host/{e.Code}?handler=Show&scene={oath.Id}&step={OathScene.LinesOf(published, oath).Count}");

        await host.PressAsync("next");

        var stage = await StageAsync(e);
        Assert.Equal(("open", "signing"), (stage.State, stage.Kind));
        Assert.NotNull(stage.SigningUntil);
        Assert.NotNull(stage.Held);
        Assert.Contains("data-until=", await host.ReadAsync());
    }

    [Fact]
    public async Task During_the_countdown_a_second_press_of_the_remote_takes_the_reveal_from_nobody()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var host = await HostVisitor.EnterAsync(app, e);
        var published = await PublishedAsync(e);
        var oath = published.FirstOf(SceneKind.Oath);
        await host.SendAsync($"/host/{e.Code}?handler=Show&scene={oath.Id}&step={OathScene.LinesOf(published, oath).Count}");

        await host.PressAsync("next");

        Assert.Null(await host.ActionOfAsync("next"));
        Assert.Contains("亮出人数", await host.ReadAsync());

        // Who means it ends the countdown by the button below signing; the count is revealed, not skipped.
        await host.PressAsync("hold");
        var stage = await StageAsync(e);
        Assert.Equal("signing", stage.Kind);
        Assert.Null(stage.SigningUntil);
        Assert.Null(stage.Held);
        Assert.NotNull(stage.Together);
        Assert.NotNull(await host.ActionOfAsync("next"));
    }

    [Fact]
    public async Task The_stage_is_blanked_the_count_held_the_film_run_and_sound_turned_on()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await host.PressAsync($"to-{(await PublishedAsync(e)).FirstOf(SceneKind.Film).Id}");

        await host.PressAsync("blank");
        await host.PressAsync("hold");
        await host.PressAsync("run-silent");
        await host.PressAsync("sound", ("volume", "35"));
        var stage = await StageAsync(e);
        Assert.Equal((true, true, true, 35, 0), (stage.Blank, stage.Running, stage.Sound, stage.Volume, stage.Held!.People));

        await phone.SignAsync(e.Code, Signing.Family(e));
        Assert.Contains("大屏上不显示人数", await host.ReadAsync());
        foreach (var pressed in new[] { "blank", "hold", "run", "sound" })
            await host.PressAsync(pressed);
        stage = await StageAsync(e);
        Assert.Equal((false, false, false, 35, null), (stage.Blank, stage.Running, stage.Sound, stage.Volume, stage.Held));
    }

    [Fact]
    public async Task A_screen_that_may_go_dark_by_itself_is_said_to_be_one()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        var version = (await StageAsync(e)).Version;
        Task ReportAsync(Guid screen, bool maySleep) => phone.GetAsync(
            $"/api/events/{e.Code}/stage?screen={screen}&shows={version}&maySleep={(maySleep ? "true" : "false")}", Cancellation);
        var screen = Guid.NewGuid();

        await ReportAsync(screen, maySleep: true);
        Assert.Contains("大屏1可能自动熄灭", await host.ReadAsync());

        await ReportAsync(screen, maySleep: false);
        Assert.DoesNotContain("自动熄灭", await host.ReadAsync());
    }

    [Fact]
    public async Task The_film_is_moved_by_ten_seconds_from_where_it_stands_or_runs()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await host.PressAsync($"to-{(await PublishedAsync(e)).FirstOf(SceneKind.Film).Id}");

        await host.PressAsync("forward");
        await host.PressAsync("forward");
        Assert.Equal(20_000, (await StageAsync(e)).Position);
        await host.PressAsync("rewind");
        Assert.Equal(10_000, (await StageAsync(e)).Position);
        await host.PressAsync("run");
        await host.PressAsync("forward");
        Assert.True((await StageAsync(e)).Position >= 20_000);
        await host.PressAsync("run");
        await host.PressAsync("restart");
        Assert.Equal(0, (await StageAsync(e)).Position);
    }

    [Fact]
    public async Task Signing_is_opened_and_closed_by_hand()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var host = await HostVisitor.EnterAsync(app, e);

        await host.SendAsync($"/host/{e.Code}?handler=Open");
        Assert.Equal("open", (await StageAsync(e)).State);
        await host.SendAsync($"/host/{e.Code}?handler=Close");
        Assert.Equal("closed", (await StageAsync(e)).State);
        Assert.Contains("class=\"badge closed\"", await host.ReadAsync());
    }

    [Fact]
    public async Task Without_a_named_contact_the_host_reads_why_signing_does_not_open()
    {
        var e = await app.SeedEventAsync(EventState.Draft, namesContact: false);
        var host = await HostVisitor.EnterAsync(app, e);

        Assert.Contains("还没有写明负责人和联系方式，不能开放签名", await host.ReadAsync());
        Assert.DoesNotContain("id=\"open\"", await host.ReadAsync());
        await host.SendAsync($"/host/{e.Code}?handler=Open");

        Assert.Equal("draft", (await StageAsync(e)).State);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_the_page_is_there_again()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);

        var answer = await host.SendAsync($"/host/{e.Code}?handler=Show&scene=999999&step=0");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("这一步没有做成", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task The_notes_are_for_the_host_alone()
    {
        var e = await app.SeedEventAsync();
        const string notes = "请家长拿出手机扫码";
        Assert.Contains(notes, await (await HostVisitor.EnterAsync(app, e)).ReadAsync());
        Assert.DoesNotContain(notes, WebUtility.HtmlDecode(await phone.GetStringAsync($"/display/{e.Code}", Cancellation)));
    }

    [Fact]
    public async Task A_name_appears_on_the_stage_once_the_host_approves_and_goes_when_its_family_withdraws()
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var host = await HostVisitor.EnterAsync(app, e);
        var request = Signing.Family(e, "王小明", "王芳");
        request["consents"]!["showMaskedName"] = true;
        var receipt = (await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]!.GetValue<string>();
        Assert.Empty((await StageAsync(e)).Names);
        var before = (await StageAsync(e)).Version;

        await host.PressAsync("yes-all");

        var stage = await StageAsync(e);
        Assert.Equal(["王*", "王**"], stage.Names);
        Assert.True(stage.Version > before);
        var signed = (await app.Get<Receipts>().FindAsync(receipt, Cancellation))!.Receipt.Sequence;
        var changed = new TaskCompletionSource();
        app.Get<PublishedStages>().Changed += told => _ = told.EventId == e.Id && changed.TrySetResult();
        await app.Get<PledgeLedger>().WithdrawAsync(signed);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Empty((await StageAsync(e)).Names);
    }

    [Fact]
    public async Task A_script_is_answered_with_the_parts_of_the_page_alone()
    {
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        await client.GetAsync((await app.SeedHostLinkAsync(e)).Address, Cancellation);
        client.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        var parts = await client.GetAsync($"/host/{e.Code}?handler=Now", Cancellation);
        var acted = await client.SubmitAsync($"/host/{e.Code}", [], $"/host/{e.Code}?handler=Blank&on=true");

        foreach (var answer in new[] { parts, acted })
        {
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.DoesNotContain("<html", text);
            Assert.Contains("id=\"bar\" data-part", text);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) => (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;

    private async Task<StageScene> StageAsync(SeededEvent e) =>
        await app.Get<StageReader>().SceneAsync(await PublishedAsync(e), Cancellation);

    private async Task<(int, int)> PlaceAsync(SeededEvent e) => await StageAsync(e) is var stage ? (stage.SceneId, stage.Step) : default;
}

internal static class PublishedScenes
{
    public static PublishedScene FirstOf(this PublishedEvent e, SceneKind kind) => e.Scenes.First(scene => scene.Kind == kind);
}
