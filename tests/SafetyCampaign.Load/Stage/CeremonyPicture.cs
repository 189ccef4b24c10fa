using System.Diagnostics;
using System.Globalization;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Stage;

/// <summary>Records the last seconds of the countdown, the number and the wave as an animated picture.</summary>
internal static class CeremonyPicture
{
    private const int Width = 640, Height = 360;

    /// <summary>Between two frames of the picture; the browser draws more.</summary>
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(125);

    private static readonly TimeSpan OfCountdown = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan OfNumber = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan OfWave = TimeSpan.FromSeconds(9);

    public static async Task MakeAsync(Trial trial)
    {
        if (!await Tool.WorksAsync("convert", "-version"))
        {
            trial.Report.Skip("The animated picture", "", "needs ImageMagick");
            return;
        }
        var families = trial.Options.Number("families", 300);
        var stage = await trial.OpenStageAsync(Width, Height);
        await trial.Host.ShowAsync(trial.Host.SceneOf("oath"));
        var countdown = TimeSpan.FromSeconds(90);
        var before = countdown - OfCountdown - TimeSpan.FromSeconds(1);
        trial.Report.Progress.Now("waiting for the last seconds of the countdown");
        var signing = Ceremony.SignWhileItRunsAsync(trial, families, OfCountdown, before);
        await Task.Delay(before);
        var folder = Directory.CreateTempSubdirectory("frames");
        try
        {
            var frames = new List<(double At, string File)>();
            var tools = await stage.Context.NewCDPSessionAsync(stage);
            tools.Event("Page.screencastFrame").OnEvent += async (_, news) =>
            {
                var file = Path.Combine(folder.FullName, $"{frames.Count:00000}.png");
                frames.Add((news!.Value.GetProperty("metadata").GetProperty("timestamp").GetDouble(), file));
                await File.WriteAllBytesAsync(file, news.Value.GetProperty("data").GetBytesFromBase64());
                await tools.SendAsync("Page.screencastFrameAck",
                    new Dictionary<string, object> { ["sessionId"] = news.Value.GetProperty("sessionId").GetInt32() });
            };
            trial.Report.Progress.Now("recording");
            await tools.SendAsync("Page.startScreencast", new Dictionary<string, object> { ["format"] = "png" });
            await signing;
            await stage.WaitForSelectorAsync(".signing [data-people]:visible", new() { Timeout = 60_000 });
            await Task.Delay(OfNumber);
            await trial.Host.ShowAsync(trial.Host.SceneOf("wave"));
            await Task.Delay(OfWave);
            await tools.SendAsync("Page.stopScreencast");
            var output = Path.GetFullPath(trial.Options.Values.GetValueOrDefault("to", "ceremony.gif"));
            await AnimateAsync(Evenly(frames), output);
            var kilobytes = new FileInfo(output).Length / 1024;
            trial.Report.Absolute($"The animated picture, {output}", "≤ 3 MB", $"{kilobytes} KB", kilobytes <= 3 * 1024);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The frames nearest to even times, each with how long it is shown.</summary>
    private static List<(string File, TimeSpan For)> Evenly(List<(double At, string File)> frames)
    {
        var chosen = new List<(double At, string File)>();
        foreach (var frame in frames)
            if (chosen.Count == 0 || frame.At - chosen[^1].At >= Frame.TotalSeconds)
                chosen.Add(frame);
        return [.. chosen.Select((frame, i) => (frame.File, i == chosen.Count - 1
            ? TimeSpan.FromSeconds(3)
            : TimeSpan.FromSeconds(chosen[i + 1].At - frame.At)))];
    }

    private static async Task AnimateAsync(List<(string File, TimeSpan For)> frames, string output)
    {
        List<string> arguments = ["-loop", "0"];
        foreach (var frame in frames)
            arguments.AddRange(["-delay", Math.Round(frame.For.TotalSeconds * 100).ToString(CultureInfo.InvariantCulture), frame.File]);
        arguments.AddRange(["+dither", "-colors", "48", "-layers", "OptimizeTransparency", output]);
        using var process = Process.Start(new ProcessStartInfo("convert", arguments))!;
        await process.WaitForExitAsync();
    }
}
