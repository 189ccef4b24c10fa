using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Scenes that are removed while the stage shows them.</summary>
public sealed partial class EventPagesTests
{
    [Fact]
    public async Task The_scene_on_the_stage_is_removed_once_the_organizer_was_told_what_the_stage_then_shows()
    {
        var e = await app.SeedEventAsync();
        await app.ShowSceneAsync(e, SceneKind.Lecture, 2);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var host = await HostVisitor.EnterAsync(app, e);
        var address = $"/organize/events/{e.Code}/scenes";
        var removed = DeskVisitor.Form(await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?at=3&handler=Remove")));

        var told = await DeskVisitor.TextAsync(await organizer.PostAsync(address, removed));

        Assert.Contains("“防溺水知识讲座”正在大屏上，还没有保存", told);
        Assert.Contains("大屏会换到“签承诺书”", told);
        Assert.Equal("lecture", await ShownAsync(e));
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(address, DeskVisitor.Form(told))).StatusCode);
        Assert.Contains("大屏已换了画面", await organizer.ReadAsync($"/organize/events/{e.Code}"));
        Assert.Equal("signing", await ShownAsync(e));
        Assert.Contains("签承诺书</span>", await host.ReadAsync());
    }

    [Fact]
    public async Task A_scene_that_no_host_has_brought_on_is_removed_without_a_question_and_the_next_one_is_the_first()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await app.Get<StageConductor>().BlankAsync(e.Id, false);
        Assert.Equal("welcome", await ShownAsync(e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/scenes";
        var removed = DeskVisitor.Form(await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?at=0&handler=Remove")));

        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(address, removed)).StatusCode);

        Assert.Equal("film", await ShownAsync(e));
    }

    [Fact]
    public async Task The_scenes_of_that_question_are_called_as_the_organizer_reads_them()
    {
        var e = await app.SeedEventAsync();
        await app.ShowSceneAsync(e, SceneKind.Lecture, 2);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        var address = $"/organize/events/{e.Code}/scenes";
        var removed = DeskVisitor.Form(await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?at=3&handler=Remove")));

        var told = await DeskVisitor.TextAsync(await organizer.PostAsync(address, removed));

        Assert.Contains("“Water safety lesson” is on the big screen right now", told);
        Assert.Contains("the big screen then shows “Signing the pledge”", told);
    }

    private async Task<string> ShownAsync(SeededEvent e)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        return (await app.Get<StageReader>().SceneAsync(published, Cancellation)).Kind;
    }
}
