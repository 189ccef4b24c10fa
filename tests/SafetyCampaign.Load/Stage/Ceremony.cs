using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Stage;

/// <summary>现在签, as a hall does it: families sign while the seconds run, then the number, then the wave.</summary>
internal static class Ceremony
{
    /// <summary>Of the demonstration event's oath.</summary>
    private static readonly TimeSpan Countdown = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Wave = TimeSpan.FromSeconds(5);

    private const string Gaps = """
        ms => new Promise(done => {
          const began = performance.now();
          const gaps = [];
          let last = began;
          const next = now => {
            gaps.push(now - last);
            last = now;
            if (now - began < ms) requestAnimationFrame(next); else done(gaps.slice(1));
          };
          requestAnimationFrame(next);
        })
        """;

    /// <summary>What a projector's machine has to do for it.</summary>
    public static async Task MeasureAsync(Trial trial)
    {
        var families = trial.Options.Number("families", trial.Short ? 60 : 955);
        var stage = await trial.OpenStageAsync();
        trial.Report.Progress.Now($"the countdown, {families} families");
        var signing = SignWhileItRunsAsync(trial, families, Countdown - TimeSpan.FromSeconds(10));
        await Task.Delay(2000);
        trial.Report.Measured($"The countdown, {families} families falling: all processes of the browser, of one core",
            Threshold.AtMost(30, "%", "0"), 100 * await ChromiumProcesses.BusyAsync(Countdown - TimeSpan.FromSeconds(15)));
        await signing;
        await stage.WaitForSelectorAsync(".signing [data-people]:visible", new() { Timeout = 60_000 });
        await Task.Delay(5000); // the reveal comes to its end

        await trial.Host.ShowAsync(trial.Host.SceneOf("wave"));
        var gaps = await stage.EvaluateAsync<double[]>(Gaps, Wave.TotalMilliseconds);
        trial.Report.Measured($"Frames while the wave carries {families} families", Threshold.AtLeast(30, "a second", "0"),
            1000 / gaps.Average());
        trial.Report.Measured("The longest of these frames", Threshold.AtMost(100, "ms", "0"), gaps.Max(),
            "1920x1080, without a graphics card");
        await stage.Context.CloseAsync();
    }

    /// <summary>Presses 现在签; the families sign evenly for so long, from so long after it.</summary>
    public static async Task SignWhileItRunsAsync(Trial trial, int families, TimeSpan length, TimeSpan after = default)
    {
        await trial.Host.SignNowAsync();
        await Task.Delay(after);
        var (path, classes) = (trial.Event.PledgesPath, trial.Event.Classes);
        var phones = new PledgeLoad(trial.Program.EndPoint)
        {
            Phones = families,
            Rate = (int)Math.Ceiling(families / length.TotalSeconds), // each phone once
            Message = number => SignMessage.FamilyOf(path, classes[number % classes.Count], number),
        };
        await phones.RunAsync(length);
    }
}
