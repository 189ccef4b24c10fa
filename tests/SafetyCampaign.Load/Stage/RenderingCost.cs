using Microsoft.Playwright;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Stage;

/// <summary>What a projector's machine has to do: at rest in each scene, and while something moves.</summary>
internal static class RenderingCost
{
    private static readonly Threshold Little = Threshold.AtMost(10, "%", "0.0");
    private static readonly Threshold Smooth = Threshold.AtLeast(30, "a second", "0");

    private const string Frames = """
        ms => new Promise(done => {
          const began = performance.now();
          let frames = 0;
          const next = () => {
            const passed = performance.now() - began;
            if (passed < ms) { frames++; requestAnimationFrame(next); } else done(frames / passed * 1000);
          };
          requestAnimationFrame(next);
        })
        """;

    public static async Task RunAsync(Trial trial)
    {
        var stage = await trial.OpenStageAsync();
        var length = TimeSpan.FromSeconds(trial.Options.Number("seconds", trial.Short ? 2 : 20));
        foreach (var (scene, kind) in trial.Host.Scenes)
        {
            trial.Report.Progress.Now($"at rest: {kind}");
            await trial.Host.ShowAsync(scene);
            if (kind == "wave")
                await stage.WaitForSelectorAsync(".sea-marks[data-shown]"); // its crest has crossed
            await Task.Delay(2000); // until it rests
            trial.Report.Measured($"At rest, {kind}: all processes of the browser, of one core", Little,
                100 * await ChromiumProcesses.BusyAsync(length));
        }
        await MovingAsync(trial, stage, length);
        await stage.Context.CloseAsync();
    }

    private static async Task MovingAsync(Trial trial, IPage stage, TimeSpan length)
    {
        trial.Report.Progress.Now("moving");
        var milliseconds = length.TotalMilliseconds;
        await trial.Host.ShowAsync(trial.Host.SceneOf("signing"));
        var signing = PledgeLoad.Of(trial.Program, trial.Event, phones: 10, rate: 20).RunAsync(length);
        trial.Report.Measured("Frames while 20 families a second sign", Smooth,
            await stage.EvaluateAsync<double>(Frames, milliseconds - 500));
        await signing;

        await trial.Host.ShowAsync(trial.Host.SceneOf("cpr"));
        await trial.Host.RunAsync(true);
        trial.Report.Measured("Frames while the metronome beats", Smooth, await stage.EvaluateAsync<double>(Frames, milliseconds));
        trial.Report.Show("The metronome beats: all processes of the browser, of one core",
            $"{100 * await ChromiumProcesses.BusyAsync(length):0} %", "1920x1080, drawn without a graphics card");
        await trial.Host.RunAsync(false);
    }
}
