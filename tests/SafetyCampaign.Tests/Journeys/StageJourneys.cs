using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What the audience sees.</summary>
public sealed class StageJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    [Fact]
    public async Task A_late_joiner_sees_the_count_at_once_and_without_a_script()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        await phone.SignAsync(e.Code, Signing.Family(e));

        var stage = await StageAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        await Expect(Count(stage)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task Each_signature_raises_the_count_and_fills_the_classs_vessel()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var stage = await WatchAsync(e);

        await phone.SignAsync(e.Code, Signing.Family(e));
        await Expect(Count(stage)).ToHaveTextAsync("2");
        await phone.SignAsync(e.Code, Signing.Alone("teacher"));
        await Expect(Count(stage)).ToHaveTextAsync("3");
        await Expect(stage.Locator(".signing [data-families]")).ToHaveTextAsync("1");
        await Expect(stage.Locator($"[data-class='{e.Primary}']")).ToHaveAttributeAsync("data-count", "1");
        await Expect(stage.Locator($"[data-class='{e.Junior}']")).ToHaveAttributeAsync("data-count", "0");
    }

    [Fact]
    public async Task The_stage_follows_the_desk_from_rehearsal_to_open_to_closed()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        using var phone = App.CreateClient();
        var stage = await WatchAsync(e);
        await phone.SignAsync(e.Code, Signing.Family(e));
        await Expect(Count(stage)).ToHaveTextAsync("2");
        await Expect(stage.GetByText("演练", new() { Exact = true })).ToBeVisibleAsync();

        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        await Expect(Count(stage)).ToHaveTextAsync("0");
        await Expect(stage.GetByText("演练", new() { Exact = true })).ToBeHiddenAsync();
        await phone.SignAsync(e.Code, Signing.Alone("teacher"));
        await Expect(Count(stage)).ToHaveTextAsync("1");

        await App.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UnixEpoch));
        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-state", "closed");
        await Expect(Count(stage)).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task The_stage_closes_by_itself_when_home_signing_runs_out()
    {
        var e = await App.SeedEventAsync(startsAt: DateTimeOffset.UtcNow.AddHours(-1),
            homeSigningUntil: DateTimeOffset.UtcNow.AddSeconds(3));
        var stage = await WatchAsync(e);

        await Expect(stage.Locator("main")).ToHaveAttributeAsync("data-state", "closed");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_stage_is_right_again_by_itself_and_never_counted_backwards()
    {
        var e = await App.SeedEventAsync();
        using (var phone = App.CreateClient())
            for (var i = 0; i < 5; i++)
                await phone.SignAsync(e.Code, Signing.Family(e));
        var stage = await WatchAsync(e);
        await Expect(Count(stage)).ToHaveTextAsync("10");
        await RememberCountsAsync(stage);

        await App.StopAsync();
        await Expect(stage.Locator("body")).ToHaveAttributeAsync("data-line", "down");
        await Expect(Count(stage)).ToHaveTextAsync("10");
        await App.StartAsync();
        using (var phone = App.CreateClient())
            await phone.SignAsync(e.Code, Signing.Family(e));

        await Expect(Count(stage)).ToHaveTextAsync("12");
        await Expect(stage.Locator("body")).ToHaveAttributeAsync("data-line", "up");
        await OnlyGrewAsync(stage);
    }

    [Fact]
    public async Task A_cut_network_is_survived_without_a_word_of_error()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var stage = await WatchAsync(e);
        await phone.SignAsync(e.Code, Signing.Family(e));
        await Expect(Count(stage)).ToHaveTextAsync("2");
        await RememberCountsAsync(stage);
        var words = await stage.Locator("main").InnerTextAsync();

        await stage.Context.SetOfflineAsync(true);
        await phone.SignAsync(e.Code, Signing.Family(e));
        await Expect(stage.Locator("body")).ToHaveAttributeAsync("data-line", "down", new() { Timeout = 30_000 });
        Assert.Equal(words, await stage.Locator("main").InnerTextAsync());
        await stage.Context.SetOfflineAsync(false);

        await Expect(Count(stage)).ToHaveTextAsync("4");
        await OnlyGrewAsync(stage);
    }

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1280, 720)]
    [InlineData(1024, 768)]
    public async Task Nothing_scrolls_and_the_code_is_large(int width, int height)
    {
        var e = await App.SeedEventAsync();
        var stage = await WatchAsync(e);
        await stage.SetViewportSizeAsync(width, height);

        await NoSidewaysAsync(stage);
        Assert.True(await stage.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight") <= 0, "The stage scrolls.");
        var qr = await stage.Locator(".qr").BoundingBoxAsync();
        Assert.True(qr!.Height >= 0.329 * height, $"The QR code is {qr.Height / height:P0} high.");
        var size = await Count(stage).EvaluateAsync<double>("count => parseFloat(getComputedStyle(count).fontSize)");
        Assert.True(size >= 0.24 * height, $"The count is {size / height:P0} high.");
    }

    private static ILocator Count(IPage stage) => stage.Locator(".signing [data-people]");

    /// <summary>Notes every number that the count shows from now on.</summary>
    private static Task RememberCountsAsync(IPage stage) => stage.EvaluateAsync(
        """
        () => {
          const seen = window.seenCounts = [];
          const note = () => seen.push(Number(document.querySelector('.signing [data-people]').textContent));
          note();
          new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """);

    private static async Task OnlyGrewAsync(IPage stage)
    {
        var seen = await stage.EvaluateAsync<int[]>("seenCounts");
        Assert.Equal(seen.Order(), seen);
    }
}
