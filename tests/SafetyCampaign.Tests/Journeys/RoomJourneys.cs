using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What the audience sees in the scenes that are told rather than signed.</summary>
public sealed partial class RoomJourneys(Browser browser) : Journey(browser)
{
    [Theory]
    [InlineData(12 * 60, @"^1[12]:\d\d$", "距开始还有")]
    [InlineData(2 * 3600 - 1, @"^1:\d\d:\d\d$", "距开始还有")]
    [InlineData(60 * 3600, "^还有[23]天$", "")]
    [InlineData(-60, "^马上开始$", "")]
    public async Task The_welcome_says_how_long_it_is_until_the_beginning(int seconds, string time, string label)
    {
        var e = await App.SeedEventAsync(EventState.Draft, startsAt: DateTimeOffset.UtcNow.AddSeconds(seconds));
        var stage = await WatchAsync(e);

        await Expect(stage.Locator(".until b")).ToHaveTextAsync(new Regex(time));
        await Expect(stage.Locator(".until span")).ToHaveTextAsync(label);
        await Expect(stage.Locator(".askers")).ToContainTextAsync("绿舟应急救援队");
    }

    [Fact]
    public async Task The_lecture_goes_on_point_by_point_and_a_screen_without_a_script_shows_the_same_one()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        var still = await StageAsync(with => with.JavaScriptEnabled = false);
        foreach (var (step, title) in new[] { (0, "浮起来，等救援"), (7, "有人溺水：叫、伸、抛"), (5, "小腿抽筋：停下，别慌") })
        {
            await ShowAsync(e, SceneKind.Lecture, step);
            await Expect(stage.Locator("[data-step]:visible")).ToHaveCountAsync(step % LectureCardContent.MaxPoints + 1);
            await Expect(stage.Locator(".card:visible h2")).ToHaveTextAsync(title);
            await still.GotoAsync($"/display/{e.Code}");
            await Expect(still.Locator(".card:visible h2")).ToHaveTextAsync(title);
        }
    }

    [Fact]
    public async Task A_lecture_shows_the_cards_that_its_organizer_chose()
    {
        var e = await App.SeedEventAsync();
        await App.ChangeScenesAsync(e.Id,
            scene => scene.Edit(scene.Title, scene.Notes, scene.Settings with
            {
                Cards = [LectureCardContent.Of(LectureCard.NoChain), LectureCardContent.Of(LectureCard.Float)],
            }));
        var stage = await WatchAsync(e);

        await ShowAsync(e, SceneKind.Lecture, 0);

        await Expect(stage.Locator(".card:visible h2")).ToHaveTextAsync("不手拉手，不下水");
        await Expect(stage.Locator(".card:visible")).ToContainTextAsync("来源：教育部");
        Assert.Equal(2, await stage.Locator(".card").CountAsync());
    }

    [Fact]
    public async Task The_oath_is_read_line_by_line_and_what_is_still_to_come_is_not_in_sight()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        var lit = stage.Locator(".oath [aria-current]");

        await ShowAsync(e, SceneKind.Oath, 0);
        await Expect(lit).ToContainTextAsync("请全体起立");
        for (var line = 0; line < OfficialTexts.SixDonts.Count; line++)
        {
            await ShowAsync(e, SceneKind.Oath, line + 1);
            await Expect(lit).ToHaveTextAsync(OfficialTexts.SixDonts[line]);
            await Expect(stage.Locator(".oath li:visible")).ToHaveCountAsync(2);
        }
        await ShowAsync(e, SceneKind.Oath, 1);
        await Expect(lit).ToHaveTextAsync(OfficialTexts.SixDonts[0]);
    }

    [Fact]
    public async Task The_thanks_name_what_the_community_promises_and_the_total_goes_on_rising()
    {
        var e = await App.SeedEventAsync(homeSigningUntil: new DateTimeOffset(2099, 8, 31, 12, 0, 0, TimeSpan.Zero));
        var stage = await WatchAsync(e);
        await ShowAsync(e, SceneKind.Thanks, 0);
        await Expect(stage.Locator(".thanks")).ToContainTextAsync("劝离私自下水的人员");
        await Expect(stage.Locator(".thanks")).ToContainTextAsync("8月31日 星期一 20:00前在家也能签");
        await Expect(stage.Locator(".total")).ToBeHiddenAsync();

        using var phone = App.CreateClient();
        await phone.SignAsync(e.Code, Signing.Family(e));

        await Expect(stage.Locator(".total")).ToHaveTextAsync(Total());
    }

    [Fact]
    public async Task What_the_host_is_told_never_comes_to_the_stage()
    {
        var e = await App.SeedEventAsync();
        using var client = App.CreateClient();

        var page = await client.GetStringAsync($"/display/{e.Code}", TestContext.Current.CancellationToken);

        Assert.All(EventTemplate.Scenes(), scene => Assert.DoesNotContain(scene.Notes[..8], page));
    }

    [Fact]
    public async Task Each_scene_keeps_nobody_out()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var stage = await WatchAsync(e);
        foreach (var kind in new[] { SceneKind.Welcome, SceneKind.Speech, SceneKind.Lecture, SceneKind.Oath, SceneKind.Thanks })
        {
            await ShowAsync(e, kind, 0);
            await Expect(stage.Locator($".room.{kind.WireName()}")).ToBeVisibleAsync();
            await AccessibleAsync(stage);
        }
    }

    private async Task ShowAsync(SeededEvent e, SceneKind kind, int step)
    {
        var shown = await App.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken);
        Assert.True(await App.Get<StageConductor>().ShowAsync(e.Id, shown!.Scenes.First(s => s.Kind == kind).Id, step));
    }

    [GeneratedRegex(@"2\s*人作出承诺\s*1\s*个家庭一起")]
    private static partial Regex Total();
}
