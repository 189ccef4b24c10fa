using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>CPR practice on the stage: the beat to see and hear, the same everywhere.</summary>
public sealed class CprJourneys(Browser browser) : Journey(browser)
{
    // At 100 a minute a round takes 23 s: 30 compressions of 0.6 s, and two breaths.
    private const int GetReady = 3000;
    private const int Press = 600;

    /// <summary>In the middle of the 28th compression: at its edge, clocks that differ by a hair see two numbers.</summary>
    private const int LateInTheRound = GetReady + (27 * Press) + (Press / 2);

    private StageConductor Host => App.Get<StageConductor>();

    [Fact]
    public async Task Two_projectors_and_one_that_comes_late_are_at_the_same_beat()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Expect(Dial(stage)).ToHaveAttributeAsync("data-beat", "rest");

        await Host.SeekAsync(e.Id, GetReady);
        await Host.RunAsync(e.Id, true);
        var late = await WatchAsync(e);
        foreach (var projector in new[] { stage, late })
            await IsOnTheBeatAsync(projector, await App.StageBeganAsync(e));
        await CanBeReadAsync(stage, "breathe"); // which comes first from there
        await CanBeReadAsync(stage, "press");

        await Host.RunAsync(e.Id, false);
        foreach (var projector in new[] { stage, late })
            await Expect(Dial(projector)).ToHaveAttributeAsync("data-beat", "rest");
    }

    [Fact]
    public async Task After_the_thirtieth_compression_come_two_breaths_and_the_next_round()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        await Host.SeekAsync(e.Id, LateInTheRound);
        var stage = await WatchAsync(e);
        await stage.EvaluateAsync(
            """
            () => {
              const dial = document.querySelector('.dial');
              const seen = window.seenBeats = [];
              new MutationObserver(() => {
                const beat = `${dial.dataset.beat} ${dial.querySelector('b').textContent}`;
                if (!beat.startsWith('rest') && seen[seen.length - 1] !== beat) seen.push(beat);
              }).observe(dial, { subtree: true, childList: true, characterData: true });
            }
            """);

        await Host.RunAsync(e.Id, true);
        await stage.WaitForFunctionAsync(
            "() => seenBeats.some(beat => beat.startsWith('breathe')) && seenBeats[seenBeats.length - 1].startsWith('press')");

        // A machine that is busy may leave a beat out, or look late; none comes out of turn.
        var seen = await stage.EvaluateAsync<string[]>("seenBeats");
        var next = Enumerable.Range(1, 27).Select(number => $"press {number}");
        string[] turns = ["press 28", "press 29", "press 30", "breathe 1", "breathe 2", .. next];
        Assert.Equal(turns.Where(seen.Contains), seen);
    }

    [Fact]
    public async Task The_groups_take_turns_as_the_host_says()
    {
        var (e, scene) = await SeedAsync(settings => settings with { Groups = 4 });
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await WatchAsync(e);
        await Expect(stage.GetByText("第1组，共4组")).ToBeVisibleAsync();

        await Host.ShowAsync(e.Id, scene, 2);

        await Expect(stage.GetByText("第3组，共4组")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task It_is_heard_only_when_the_host_wants_sound_and_somebody_has_touched_the_machine()
    {
        var (e, scene) = await SeedAsync();
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await StageAsync();
        await stage.AllowSoundOnlyAfterAKeyAsync();
        await stage.AddInitScriptAsync(
            """
            window.tones = 0;
            const create = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () { window.tones++; return create.call(this); };
            """);
        await stage.GotoAsync($"/display/{e.Code}");
        await Host.SeekAsync(e.Id, LateInTheRound);
        await Host.RunAsync(e.Id, true);
        await Expect(Dial(stage)).ToHaveAttributeAsync("data-beat", "breathe");
        await Host.SoundAsync(e.Id, true, 60);
        await Expect(Dial(stage)).ToHaveAttributeAsync("data-beat", "press");
        Assert.Equal(0, await stage.EvaluateAsync<int>("tones"));

        await stage.Keyboard.PressAsync("Enter");
        await stage.WaitForFunctionAsync("() => tones > 2");
    }

    [Fact]
    public async Task It_can_be_read_without_a_script_and_names_its_source()
    {
        var (e, scene) = await SeedAsync(settings => settings with { BeatsPerMinute = 104 });
        await Host.ShowAsync(e.Id, scene, 0);
        var stage = await DeskAsync(options => options.JavaScriptEnabled = false);
        await stage.GotoAsync($"/display/{e.Code}");

        await Expect(stage.GetByText("每分钟100–120次，现在是104次")).ToBeVisibleAsync();
        await Expect(stage.GetByText("美国心脏协会")).ToBeVisibleAsync();
    }

    private static ILocator Dial(IPage stage) => stage.Locator(".dial");

    /// <summary>
    /// Waits until the dial has shown for a while what the clock says. Server, browser and test share a machine, and so its clock.
    /// </summary>
    private static Task IsOnTheBeatAsync(IPage stage, long began) => stage.WaitForFunctionAsync(
        """
        ([began, getReady, press]) => {
          const dial = document.querySelector('.dial');
          const round = (Date.now() - began - getReady) % (30 * press + 5000);
          const due = round < 30 * press ? `press ${Math.floor(round / press) + 1}` : `breathe ${Math.floor((round - 30 * press) / 2500) + 1}`;
          const right = due === `${dial.dataset.beat} ${dial.querySelector('b').textContent}`;
          window.rightFor = right ? (window.rightFor || 0) + 1 : 0;
          return window.rightFor >= 15; // frames
        }
        """, new object[] { began, GetReady, Press });

    /// <summary>In either theme, while the dial says so or just after.</summary>
    private static async Task CanBeReadAsync(IPage stage, string beat)
    {
        foreach (var theme in new[] { "dark", "light" })
        {
            await stage.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
            await Expect(Dial(stage)).ToHaveAttributeAsync("data-beat", beat, new() { Timeout = 30_000 }); // a round is 23 s
            await StageFaults.NoneAsync(stage, SceneKind.Cpr, $"while it says {beat}, {theme}");
        }
    }

    private async Task<(SeededEvent Event, int Scene)> SeedAsync(Func<SceneSettings, SceneSettings>? settings = null)
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        return (e, await App.SettleSceneAsync(e, SceneKind.Cpr, settings ?? (before => before with { BeatsPerMinute = 100 })));
    }
}
