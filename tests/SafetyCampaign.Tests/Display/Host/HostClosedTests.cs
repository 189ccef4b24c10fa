using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Display.Host;

/// <summary>The host's page once signing is closed: the great button leads on, and signing is opened by its own button alone.</summary>
public sealed class HostClosedTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_close_the_great_button_leads_from_the_signing_scene_to_the_wave()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await app.ShowSceneAsync(e, SceneKind.Signing);
        await host.SendAsync($"/host/{e.Code}?handler=Close");

        await host.PressAsync("next");

        Assert.Equal(("closed", "wave", null), await StageAsync(e));
        Assert.Contains("id=\"open\"", await host.ReadAsync()); // with its question
    }

    [Fact]
    public async Task After_the_close_the_oath_leads_to_the_signing_scene_and_a_page_from_before_opens_nothing()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await app.ShowSceneAsync(e, SceneKind.Oath, 99);
        var signNow = await host.ActionOfAsync("next");
        Assert.Contains("SignNow", signNow);
        await host.SendAsync($"/host/{e.Code}?handler=Close");

        var answer = await host.SendAsync(signNow!);

        Assert.Contains("这一步没有做成", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal(("closed", "oath", null), await StageAsync(e));
        await host.PressAsync("next");
        Assert.Equal(("closed", "signing", null), await StageAsync(e));
    }

    [Fact]
    public async Task Closing_during_the_countdown_gives_the_great_button_back_and_takes_those_of_the_code_and_the_count()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await app.ShowSceneAsync(e, SceneKind.Oath, 99);
        await host.PressAsync("next");
        Assert.Null(await host.ActionOfAsync("next"));

        await host.SendAsync($"/host/{e.Code}?handler=Close");

        Assert.Equal(("closed", "signing", null), await StageAsync(e));
        Assert.NotNull(await host.ActionOfAsync("next"));
        Assert.Equal((null, null), (await host.ActionOfAsync("hold"), await host.ActionOfAsync("large-code")));
    }

    [Theory]
    [InlineData(SceneKind.Welcome)]
    [InlineData(SceneKind.Oath)]
    [InlineData(SceneKind.Signing)]
    public async Task Once_signing_is_closed_the_host_reads_aloud_nothing_that_asks_people_to_scan(SceneKind kind)
    {
        var e = await app.SeedEventAsync();
        var (host, english) = (await HostVisitor.EnterAsync(app, e), await HostVisitor.EnterAsync(app, e, "en"));
        await app.ShowSceneAsync(e, kind);
        Assert.DoesNotContain("signing-note", await host.ReadAsync());
        await host.SendAsync($"/host/{e.Code}?handler=Close");

        var page = await host.ReadAsync();

        Assert.Matches("signing-note\">签名已经结束，不要再请大家扫码签名。结束前打开了页面的手机，.*前交来的仍然收下", page);
        foreach (var asking in new[] { "请家长拿出手机扫码", "先到的可以扫码", "再按“现在签”" })
            Assert.DoesNotContain(asking, page);
        Assert.Contains("signing-note\">Signing has ended", await english.ReadAsync());
        await app.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(0));
        Assert.DoesNotContain("前交来的", await host.ReadAsync());
        await host.SendAsync($"/host/{e.Code}?handler=Open");
        Assert.DoesNotContain("signing-note", await host.ReadAsync());
    }

    [Fact]
    public async Task An_organizers_own_notes_stay_and_the_state_of_signing_stands_above_them()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var host = await HostVisitor.EnterAsync(app, e);
        await using (var db = app.OpenStore())
        {
            var scene = db.Set<Scene>().Single(s => s.EventId == e.Id && s.Kind == SceneKind.Signing);
            scene.Edit(scene.Title, "现在请扫码", scene.Settings);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.ShowSceneAsync(e, SceneKind.Signing);
        Assert.Matches("签名还没有开放.*现在请扫码", (await host.ReadAsync()).ReplaceLineEndings(""));

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await host.SendAsync($"/host/{e.Code}?handler=Close");

        Assert.Matches("signing-note\">签名已经结束.*现在请扫码", (await host.ReadAsync()).ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData(EventState.Draft)]
    [InlineData(EventState.Closed)]
    public async Task The_host_of_an_archived_event_reads_why_signing_does_not_open(EventState state)
    {
        var e = await app.SeedEventAsync(state);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Archive(DateTimeOffset.UtcNow));
        var host = await HostVisitor.EnterAsync(app, e);
        await app.ShowSceneAsync(e, SceneKind.Oath, 99);

        var page = await host.ReadAsync();

        Assert.Contains("<p id=\"not-opened\">活动已经归档，不能开放签名", page);
        Assert.DoesNotContain("id=\"open\"", page);
        Assert.DoesNotContain("SignNow", page);
        await host.SendAsync($"/host/{e.Code}?handler=Open");
        Assert.Equal(state.WireName(), (await StageAsync(e)).State);
    }

    /// <summary>People press twice within half a second.</summary>
    [Fact]
    public async Task A_double_press_skips_no_line_of_the_oath()
    {
        var e = await app.SeedEventAsync();
        var host = await HostVisitor.EnterAsync(app, e);
        await app.ShowSceneAsync(e, SceneKind.Oath, 1);

        Assert.Contains("<nav id=\"bar\" data-part data-settle=\"650\"", await host.ReadAsync());
    }

    private async Task<(string State, string Kind, long? SigningUntil)> StageAsync(SeededEvent e)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var stage = await app.Get<StageReader>().SceneAsync(published, Cancellation);
        return (stage.State, stage.Kind, stage.SigningUntil);
    }
}
