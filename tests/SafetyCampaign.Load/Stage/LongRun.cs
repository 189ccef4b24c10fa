using Microsoft.Playwright;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Stage;

/// <summary>As many scene changes and signatures as a long evening has, in a minute or two: does the page keep any of it?</summary>
internal static class LongRun
{
    public static async Task RunAsync(Trial trial)
    {
        var rounds = trial.Short ? 4 : 54; // with nine scenes a change every half a minute for four hours
        var stage = await trial.OpenStageAsync();
        var tools = await stage.Context.NewCDPSessionAsync(stage);
        await tools.SendAsync("Performance.enable");
        using var over = new CancellationTokenSource();
        var signing = PledgeLoad.Of(trial.Program, trial.Event, phones: 5, rate: 10).RunAsync(TimeSpan.FromHours(1), over.Token);

        await RoundsAsync(trial, rounds / 4);
        var before = await KeptAsync(tools);
        await RoundsAsync(trial, rounds - (rounds / 4));
        var after = await KeptAsync(tools);
        await over.CancelAsync();
        await signing;

        var note = $"{rounds * trial.Host.Scenes.Count} scene changes; after a quarter of them";
        trial.Report.Measured("Memory of the page's script at the end, beside", Threshold.AtMost(1.1, "times"), after.Heap / before.Heap,
            $"{after.Heap / 1024:0} against {before.Heap / 1024:0} KB; {note}");
        trial.Report.Measured("Nodes of the page at the end, beside", Threshold.AtMost(1.05, "times"), after.Nodes / before.Nodes,
            $"{after.Nodes:0} against {before.Nodes:0}; {note}");
        await stage.Context.CloseAsync();
    }

    private static async Task RoundsAsync(Trial trial, int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            trial.Report.Progress.Now($"a long evening, round {round} of {rounds}");
            foreach (var (scene, _) in trial.Host.Scenes)
            {
                await trial.Host.ShowAsync(scene);
                await Task.Delay(120);
            }
        }
    }

    /// <summary>What is left after everything that nobody holds has been thrown away.</summary>
    private static async Task<(double Heap, double Nodes)> KeptAsync(ICDPSession tools)
    {
        await Task.Delay(5000); // movements come to their end
        await tools.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["JSHeapUsedSize"], metrics["Nodes"]);
    }
}
