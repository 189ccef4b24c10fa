using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>From the oath to the thanks: two projectors show the same, and the wave brings everybody at once.</summary>
public sealed partial class CeremonyJourneys(Browser browser) : Journey(browser)
{
    private StageConductor Host => App.Get<StageConductor>();

    [Fact]
    public async Task Those_who_sign_during_the_countdown_are_drops_then_a_number_then_one_wave_on_both_projectors()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        await CountDownAsync(e, 22);
        var left = await WatchAsync(e);
        var right = await WatchAsync(e);
        await ShowAsync(e, SceneKind.Oath, 6);

        await Host.SignNowAsync(e.Id);

        foreach (var stage in new[] { left, right })
        {
            await Expect(stage.Locator(".seconds")).ToContainTextAsync(Seconds());
            await Expect(stage.Locator(".signing .count")).ToBeHiddenAsync();
            await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-code", "plate");
        }
        foreach (var stage in new[] { left, right })
            await Expect(stage.Locator("main")) // which hides drops
                .Not.ToHaveAttributeAsync("data-large-code", "", new() { Timeout = 30_000 });
        using (var phone = App.CreateClient())
            for (var i = 0; i < 3; i++)
                await phone.SignAsync(e.Code, Signing.Family(e, $"王小明{"甲乙丙"[i]}", $"王芳{"甲乙丙"[i]}"));
        foreach (var stage in new[] { left, right })
            await Expect(stage.Locator(".sea-drops i").First).ToBeAttachedAsync(); // made for the first drop
        await Expect(left.Locator(".signing .count")).ToBeHiddenAsync();
        foreach (var stage in new[] { left, right })
            await Expect(stage.Locator(".signing [data-people]:visible")).ToHaveTextAsync("6", new() { Timeout = 30_000 });
        await ShowAsync(e, SceneKind.Wave);
        foreach (var stage in new[] { left, right })
        {
            await Expect(stage.Locator(".wave [data-people]")).ToHaveTextAsync("6", new() { Timeout = 20_000 });
            await Expect(stage.Locator(".wave [data-together]")).ToHaveTextAsync("6");
            await Expect(stage.Locator(".wave [data-families]")).ToHaveTextAsync("3");
        }

        // The host has gone on while the code was still faded out for the reveal: it is there again in the next scene with one.
        await ShowAsync(e, SceneKind.Thanks);
        foreach (var stage in new[] { left, right })
        {
            await Expect(stage.Locator(".room.thanks")).ToBeVisibleAsync();
            await Expect(stage.Locator(".scan")).ToHaveCSSAsync("opacity", "1");
        }
        await ShowAsync(e, SceneKind.Wave);

        var late = await WatchAsync(e);
        await Expect(late.Locator(".wave [data-together]")).ToHaveTextAsync("6");
    }

    [Fact]
    public async Task Signing_that_is_closed_during_the_countdown_shows_the_count_and_no_code_and_opened_again_the_code()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var stage = await WatchAsync(e);
        await ShowAsync(e, SceneKind.Oath, 6);
        await Host.SignNowAsync(e.Id);
        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-large-code", "");
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));

        Assert.True(await Host.CloseAsync(e.Id));

        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-state", "closed");
        await Expect(stage.Locator(".scan")).ToBeHiddenAsync();
        await Expect(stage.Locator(".signing .count:visible")).ToHaveTextAsync("2", new() { Timeout = 30_000 });
        await Expect(stage.Locator(".signing .note:visible")).ToContainTextAsync("签名已结束", new() { Timeout = 30_000 });
        await Expect(stage.Locator(".seconds")).ToBeHiddenAsync();
        await ShowAsync(e, SceneKind.Thanks, 1);
        await Expect(stage.Locator(".home")).ToBeVisibleAsync();
        await Expect(stage.Locator(".scan")).ToBeHiddenAsync();

        Assert.True(await Host.OpenAsync(e.Id));
        await Expect(stage.Locator(".scan")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_wave_says_no_zero_after_a_countdown_in_which_nobody_signed_nor_before_anybody_has()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        await Host.SignNowAsync(e.Id);
        await Host.HoldAsync(e.Id, false);
        await ShowAsync(e, SceneKind.Wave);
        await Expect(stage.Locator(".wave-sentence:visible")).ToHaveTextAsync("承诺的浪潮");

        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Alone("teacher"));

        await Expect(stage.Locator(".wave-sentence:visible")).ToHaveTextAsync("1人，一个承诺");
        await Expect(stage.Locator(".wave [data-families]")).ToBeHiddenAsync();
        await ShowAsync(e, SceneKind.Welcome);
        await ShowAsync(e, SceneKind.Wave);
        await Expect(stage.Locator(".wave-sentence:visible")).ToHaveTextAsync("1人，一个承诺");
    }

    [Fact]
    public async Task However_often_the_scene_has_changed_the_sea_at_rest_is_drawn_as_seldom_as_before()
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        Assert.True(await ComesToRestAsync(stage), "The sea of the first scene is drawn more often than seven times a second.");

        foreach (var kind in (SceneKind[])[SceneKind.Welcome, SceneKind.Cpr, SceneKind.Oath, SceneKind.Lecture, SceneKind.Thanks])
        {
            await ShowAsync(e, kind);
            await Expect(stage.Locator($".room.{kind.WireName()}")).ToBeVisibleAsync();
        }

        Assert.True(await ComesToRestAsync(stage), "After some scene changes the sea is drawn more often than seven times a second.");
    }

    [GeneratedRegex("还有([12]?[0-9])秒")]
    private static partial Regex Seconds();

    private async Task ShowAsync(SeededEvent e, SceneKind kind, int step = 0)
    {
        var published = (await App.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;
        Assert.True(await Host.ShowAsync(e.Id, published.Scenes.First(s => s.Kind == kind).Id, step));
    }

    /// <summary>
    /// False where of 400 pictures of the sea no seven followed one another as slowly as at rest. A slow machine makes them slower, not
    /// faster.
    /// </summary>
    private static Task<bool> ComesToRestAsync(IPage stage) => stage.EvaluateAsync<bool>(
        """
        () => new Promise(done => {
          const canvas = CanvasRenderingContext2D.prototype, clear = canvas.clearRect;
          let last = 0, slow = 0, seen = 0;
          canvas.clearRect = function (...area) {
            if (this.canvas.classList.contains('sea-band')) {
              const now = performance.now();
              slow = now - last >= 100 ? slow + 1 : 0;
              last = now;
              if (slow > 6 || ++seen === 400) {
                canvas.clearRect = clear;
                done(slow > 6);
              }
            }
            return clear.apply(this, area);
          };
        })
        """);

    private async Task CountDownAsync(SeededEvent e, int seconds)
    {
        await using (var db = App.OpenStore())
        {
            var oath = db.Set<Scene>().Single(s => s.EventId == e.Id && s.Kind == SceneKind.Oath);
            oath.Edit(oath.Title, oath.Notes, oath.Settings with { CountdownSeconds = seconds });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await App.Get<PublishedEvents>().ContentChangedAsync(x => x.Id == e.Id);
    }
}
