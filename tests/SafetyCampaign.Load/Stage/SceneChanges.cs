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
          const water = document.querySelector('.sea-over');
          const follow = (element, attribute, act) => new MutationObserver(act).observe(element, { attributeFilter: [attribute] });
          follow(main, 'data-kind', () => window.turned = { kind: main.dataset.kind, at: Date.now() });
          follow(water, 'data-shown', () => window.leftAt = water.hasAttribute('data-shown') ? 0 : Date.now());
        }
        """;

    /// <summary>
    /// A scene counts as shown once it stands on the stage, under the water that brings it and runs off it in what is left of 600 ms.
    /// </summary>
    public static async Task RunAsync(Trial trial)
    {
        trial.Report.Progress.Now($"scene changes on 2 projectors and {HubScreens} screens");
        await using var hall = await ScreenGroup.OpenAsync(trial.Program, trial.Event, HubScreens);
        IPage[] projectors = [await trial.OpenStageAsync(), await trial.OpenStageAsync()];
        foreach (var projector in projectors)
            await projector.EvaluateAsync(Note);
        await trial.Host.OpenAsync();

        var (seen, told, free) = (new Latencies(), new Latencies(), new Latencies());
        var slowest = (Took: TimeSpan.Zero, Kind: "");
        for (var turn = 0; turn < (trial.Short ? 5 : 30); turn++)
        {
            var (scene, kind) = trial.Host.Scenes[(turn + 1) % trial.Host.Scenes.Count];
            var (pressed, stopwatch) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Stopwatch.GetTimestamp());
            await trial.Host.ShowAsync(scene);
            foreach (var projector in projectors)
            {
                await projector.WaitForFunctionAsync("kind => window.turned?.kind === kind", kind);
                var turned = await projector.EvaluateAsync<double>("() => window.turned.at");
                var took = TimeSpan.FromMilliseconds(Math.Max(0, turned - pressed));
                seen.Add(took);
                if (took > slowest.Took)
                    slowest = (took, kind);
            }
            foreach (var screen in hall.Screens)
            {
                while (screen.SceneAt < stopwatch && Stopwatch.GetElapsedTime(stopwatch) < Patience)
                    await Task.Delay(5);
                told.Add(Stopwatch.GetElapsedTime(stopwatch, Math.Max(stopwatch, screen.SceneAt)));
            }
        }
        foreach (var (scene, _) in trial.Host.Scenes.Where(scene => scene.Kind is "speech" or "lecture" or "cpr"))
        {
            var pressed = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            await trial.Host.ShowAsync(scene);
            foreach (var projector in projectors)
            {
                await projector.WaitForFunctionAsync("pressed => window.leftAt > pressed", pressed);
                free.Add(TimeSpan.FromMilliseconds(await projector.EvaluateAsync<double>("() => window.leftAt") - pressed));
            }
        }
        trial.Report.Measured("A scene change, from the host's press until two projectors show it, the slowest",
            Threshold.AtMost(300, "ms", "0"), seen.Percentile(1).TotalMilliseconds,
            $"half within {seen.Percentile(0.5).TotalMilliseconds:0} ms; the slowest to {slowest.Kind}");
        trial.Report.Show("The same until the water that brings it has left the picture", $"{free.Percentile(0.5).TotalMilliseconds:0} ms",
            "half of them");
        trial.Report.Measured($"The same until {HubScreens} screens have been told, the slowest", Threshold.AtMost(300, "ms", "0"),
            told.Percentile(1).TotalMilliseconds,
            $"half within {told.Percentile(0.5).TotalMilliseconds:0} ms");
        foreach (var projector in projectors)
            await projector.Context.CloseAsync();
    }
}
