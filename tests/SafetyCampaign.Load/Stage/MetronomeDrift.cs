using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Stage;

/// <summary>The metronome for ten minutes on two projectors: each compression as it was drawn, beside when it was due.</summary>
internal static class MetronomeDrift
{
    private const int Compressions = 30;
    private const double BothBreaths = 5000; // milliseconds, as in metronome.ts

    private const string Note = """
        () => {
          const dial = document.querySelector('.dial');
          window.beats = [];
          let last = '';
          new MutationObserver(() => {
            const beat = dial.dataset.beat + dial.querySelector('b').textContent;
            if (beat === last) return;
            last = beat;
            if (dial.dataset.beat === 'press') window.beats.push([performance.timeOrigin + performance.now(), Number(dial.querySelector('b').textContent)]);
          }).observe(dial, { subtree: true, childList: true, characterData: true });
          return Number(dial.dataset.beatsPerMinute);
        }
        """;

    public static async Task RunAsync(Trial trial)
    {
        var length = trial.Short ? TimeSpan.FromSeconds(45) : TimeSpan.FromMinutes(trial.Options.Number("minutes", 10));
        var (left, right) = (await trial.OpenStageAsync(), await trial.OpenStageAsync());
        await trial.Host.ShowAsync(trial.Host.SceneOf("cpr"));
        await left.WaitForFunctionAsync("() => document.querySelector('main').dataset.kind === 'cpr'");
        await right.WaitForFunctionAsync("() => document.querySelector('main').dataset.kind === 'cpr'");
        var pace = 60_000 / await left.EvaluateAsync<double>(Note);
        await right.EvaluateAsync<double>(Note);
        trial.Report.Progress.Now($"the metronome, {length.TotalMinutes:0.#} minutes");
        await trial.Host.RunAsync(true);
        await Task.Delay(length);
        await trial.Host.RunAsync(false);

        var here = Late(await left.EvaluateAsync<double[][]>("() => window.beats"), pace);
        var there = Late(await right.EvaluateAsync<double[][]>("() => window.beats"), pace);
        var first = here.Values.First();
        double[] errors = [.. here.Values.Select(at => at - first)];
        var drift = InterleavedRuns.Median(errors.TakeLast(Compressions)) - InterleavedRuns.Median(errors.Take(Compressions));
        trial.Report.Measured($"Drift of the metronome over {length.TotalMinutes:0.#} minutes",
            Threshold.AtMost(20, "ms", "0.0"), Math.Abs(drift),
            $"{errors.Length} compressions drawn, each within {errors.Max(error => Math.Abs(error - InterleavedRuns.Median(errors))):0} "
                + "ms of its time");
        double[] apart = [.. here.Keys.Where(there.ContainsKey).Select(beat => Math.Abs(here[beat] - there[beat])).Order()];
        trial.Report.Measured("The same compression on two projectors, 99 of 100 apart by", Threshold.AtMost(50, "ms", "0"),
            apart[(int)(0.99 * (apart.Length - 1))],
            $"half by {InterleavedRuns.Median(apart):0} ms");
    }

    /// <summary>When each compression was drawn, less when it was due after the first of its practice.</summary>
    private static SortedDictionary<int, double> Late(double[][] beats, double pace)
    {
        var late = new SortedDictionary<int, double>();
        var (round, before) = (0, 0);
        foreach (var beat in beats)
        {
            var (at, number) = (beat[0], (int)beat[1]);
            round += number < before ? 1 : 0;
            before = number;
            late[(round * Compressions) + number] = at - (((round * Compressions) + number - 1) * pace) - (round * BothBreaths);
        }
        return late;
    }
}
