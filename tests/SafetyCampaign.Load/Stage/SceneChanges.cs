using System.Diagnostics;
using Microsoft.Playwright;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Stage;

/// <summary>From the press on the host's page until every screen shows the scene.</summary>
internal static class SceneChanges
{
    private const int HubScreens = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string Note = """
        () => {
          const main = document.querySelector('main');
          new MutationObserver(() => window.turned = { kind: main.dataset.kind, at: Date.now() }).observe(main, { attributes: true, attributeFilter: ['data-kind'] });
        }
        """;

    public static async Task RunAsync(Trial trial)
    {
        trial.Report.Progress.Now($"scene changes on 2 projectors and {HubScreens} screens");
        await using var hall = await ScreenGroup.OpenAsync(trial.Program, trial.Event, HubScreens);
        IPage[] projectors = [await trial.OpenStageAsync(), await trial.OpenStageAsync()];
        foreach (var projector in projectors)
            await projector.EvaluateAsync(Note);

        var (seen, told) = (new Latencies(), new Latencies());
        for (var turn = 0; turn < (trial.Short ? 5 : 30); turn++)
        {
            var (scene, kind) = trial.Host.Scenes[(turn + 1) % trial.Host.Scenes.Count];
            var (pressed, stopwatch) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Stopwatch.GetTimestamp());
            await trial.Host.ShowAsync(scene);
            foreach (var projector in projectors)
            {
                await projector.WaitForFunctionAsync("kind => window.turned?.kind === kind", kind);
                seen.Add(TimeSpan.FromMilliseconds(Math.Max(0, await projector.EvaluateAsync<double>("() => window.turned.at") - pressed)));
            }
            foreach (var screen in hall.Screens)
            {
                while (screen.SceneAt < stopwatch && Stopwatch.GetElapsedTime(stopwatch) < Patience)
                    await Task.Delay(5);
                told.Add(Stopwatch.GetElapsedTime(stopwatch, Math.Max(stopwatch, screen.SceneAt)));
            }
        }
        trial.Report.Measured("A scene change, from the host's press until two projectors show it, the slowest",
            Threshold.AtMost(300, "ms", "0"), seen.Percentile(1).TotalMilliseconds,
            $"half within {seen.Percentile(0.5).TotalMilliseconds:0} ms");
        trial.Report.Measured($"The same until {HubScreens} screens have been told, the slowest", Threshold.AtMost(300, "ms", "0"),
            told.Percentile(1).TotalMilliseconds,
            $"half within {told.Percentile(0.5).TotalMilliseconds:0} ms");
        foreach (var projector in projectors)
            await projector.Context.CloseAsync();
    }
}
