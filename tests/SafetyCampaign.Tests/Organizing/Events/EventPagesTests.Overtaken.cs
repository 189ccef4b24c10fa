using System.Net;
using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Two organizers at one event: what a form that is sent late would overwrite.</summary>
public sealed partial class EventPagesTests
{
    [Fact]
    public async Task Whoever_saves_the_facts_second_is_told_each_difference_the_tick_and_the_translations_among_them()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/facts";
        var opened = DeskVisitor.Form(await organizer.ReadAsync(address));
        await organizer.SendAsync(address, ("Form.ShowsNames", "true"), ("Form.Translations[0].Title", "Riverside lesson"));

        var refused = await DeskVisitor.TextAsync(await organizer.PostAsync(address, [.. opened, ("Form.Place", "新礼堂")]));

        Assert.Contains("<a href=\"#Form_ShowsNames\">大屏上可以出现遮名</a> 现在存的是：勾选", refused);
        Assert.Contains("<a href=\"#Form_Translations_0__Title\">活动名称的译文（English）</a> 现在存的是：Riverside lesson", refused);
        Assert.Contains("现在存的是：社区广场", refused);
        Assert.DoesNotContain("<a href=\"#Form_Title\">", refused);
    }

    [Fact]
    public async Task Whoever_saves_the_scenes_second_keeps_the_scene_that_the_form_never_knew_and_is_told_what_else_was_done()
    {
        var e = await app.SeedEventAsync();
        var (first, second) = (await DeskVisitor.SignInAsync(app, e.Organization), await DeskVisitor.SignInAsync(app, e.Organization));
        var address = $"/organize/events/{e.Code}/scenes";
        var before = await ScenesAsync(e.Code);
        var opened = DeskVisitor.Form(await second.ReadAsync(address));
        var added = DeskVisitor.Form(await DeskVisitor.TextAsync(await first.SendAsync($"{address}?handler=Add", ("Kind", "Speech"))));
        await first.PostAsync(address, [.. added, ($"Scenes[{before.Count}].Title", "救援队讲话"), ("Scenes[1].Title", "另一部片子")]);
        var moved = DeskVisitor.Form(await DeskVisitor.TextAsync(
            await first.SendAsync($"{address}?from={before.Count}&to=3&handler=Move")));
        var removed = DeskVisitor.Form(await DeskVisitor.TextAsync(await first.PostAsync($"{address}?at=6&handler=Remove", moved)));
        await first.PostAsync(address, removed);
        var kept = (await ScenesAsync(e.Code)).Select(scene => scene.Id).ToList();
        var gone = Assert.Single(before, scene => !kept.Contains(scene.Id));

        var refused = await DeskVisitor.TextAsync(await second.PostAsync(address, [.. opened, ("Scenes[0].Notes", "三分钟")]));

        Assert.Contains("<a href=\"#scene-3\">救援队讲话</a> 是别人刚加的", refused);
        Assert.Contains($"<a href=\"#scene-1\">{before[1].Title}</a> 别人刚改过", refused);
        Assert.Contains($"{gone.Title}</a> 别人刚删去了", refused);
        Assert.Equal(3, Regex.Count(refused, "<li><a href=\"#scene-"));
        Assert.Equal(HttpStatusCode.Redirect, (await second.PostAsync(address, DeskVisitor.Form(refused))).StatusCode);
        var scenes = await ScenesAsync(e.Code);
        Assert.Equal(("三分钟", "救援队讲话", SceneKind.Speech), (scenes[0].Notes, scenes[3].Title, scenes[3].Kind));
        Assert.Equal(before.Count + 1, scenes.Count);
    }

    [Fact]
    public async Task Scenes_that_nobody_touched_are_not_told_when_something_else_was_saved_meanwhile()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/scenes";
        var opened = DeskVisitor.Form(await organizer.ReadAsync(address));
        await organizer.SendAsync($"/organize/events/{e.Code}/facts", ("Form.Place", "新礼堂"));

        var refused = await DeskVisitor.TextAsync(await organizer.PostAsync(address, [.. opened, ("Scenes[0].Notes", "三分钟")]));

        Assert.Contains("别人刚保存了这个活动", refused);
        Assert.DoesNotContain("<li><a href=\"#scene-", refused);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(address, DeskVisitor.Form(refused))).StatusCode);
        Assert.Equal("三分钟", (await ScenesAsync(e.Code))[0].Notes);
    }
}
