using Microsoft.Playwright;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Stage;

/// <summary>The projector page in a real browser, led by a host: what it weighs, costs and keeps, and how it follows.</summary>
internal static class StagePart
{
    public static Task RunAsync(RunOptions options, Report report) => WithBrowserAsync(options, report, async trial =>
    {
        await SceneChanges.RunAsync(trial);
        await Ceremony.MeasureAsync(trial);
        await RenderingCost.RunAsync(trial);
        await LongRun.RunAsync(trial);
        await MetronomeDrift.RunAsync(trial);
    });

    /// <summary>The animated picture of README.</summary>
    public static Task FilmAsync(RunOptions options, Report report) => WithBrowserAsync(options, report, CeremonyPicture.MakeAsync);

    private static async Task WithBrowserAsync(RunOptions options, Report report, Func<Trial, Task> run)
    {
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options));
        using var desk = new DeskSession(program);
        await program.DoAsync("demo");
        await desk.CreateAccountAsync(); // after the event, whose organization it then belongs to
        await program.StartAsync();
        var e = await SeededEvent.OfAsync(program);
        await desk.SignInAsync();

        var weight = await StartAndWeight.WeighAsync(program, $"/display/{e.Code}", withPictures: true);
        report.Absolute("Stage page with its pictures, compressed", "≤ 40 KB", $"{weight / 1024.0:0.0} KB", weight <= 40 * 1024);
        if (SystemBrowser.Find() is not { } path)
        {
            report.Skip("The stage in a browser", "", "needs Chromium or Chrome; CHROME_PATH may name one");
            return;
        }
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemBrowser.LaunchAsync(playwright, path, ChromiumProcesses.Mark);
        await run(new Trial(program, e, await StageHost.OfAsync(desk, e), browser, options, report));
    }
}

/// <summary>What every part of it needs.</summary>
internal sealed record Trial(RunningProgram Program, SeededEvent Event, StageHost Host, IBrowser Browser, RunOptions Options, Report Report)
{
    public bool Short => Options.Short;

    /// <summary>A projector that shows the stage, its script running.</summary>
    public async Task<IPage> OpenStageAsync(int width = 1920, int height = 1080)
    {
        var context = await Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "zh-CN" });
        var page = await context.NewPageAsync();
        var line = page.WaitForWebSocketAsync();
        await page.GotoAsync(new Uri(Program.Address, $"/display/{Event.Code}").ToString());
        await line;
        await Task.Delay(1000); // it moves while it opens
        return page;
    }
}
