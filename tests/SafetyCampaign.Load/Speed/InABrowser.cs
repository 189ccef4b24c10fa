using Microsoft.Playwright;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>The real pages in a real browser: the phone's on a slow line, the stage's while nothing happens.</summary>
internal static class InABrowser
{
    private const string PhoneReady = "Phone page ready at 400 kbit/s and 400 ms, nothing cached";
    private const string StageAtRest = "Stage page while nothing changes, of one core";
    private static readonly Threshold SoonEnough = Threshold.AtMost(1.5, "s");
    private static readonly Threshold Little = Threshold.AtMost(10, "%", "0.#");

    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        if (SystemBrowser.Find() is not { } path)
        {
            report.Skip(PhoneReady, SoonEnough.ToString(), "needs Chromium or Chrome");
            report.Skip(StageAtRest, Little.ToString(), "needs Chromium or Chrome");
            return;
        }
        report.Progress.Now("phone and stage in a browser");
        await using var program = new RunningProgram(published);
        var e = await SeededEvent.StartWithAsync(program);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemBrowser.LaunchAsync(playwright, path);
        report.Measured(PhoneReady, SoonEnough, await ReadyAfterAsync(browser, new Uri(program.Address, $"/e/{e.Code}")),
            "the browser slows each request down");
        report.Measured(StageAtRest, Little,
            100 * await BusyAsync(browser, new Uri(program.Address, $"/display/{e.Code}"), TimeSpan.FromSeconds(options.Short ? 2 : 10)),
            "the page's main thread");
    }

    /// <summary>Seconds until the page stands and its script has run.</summary>
    private static async Task<double> ReadyAfterAsync(IBrowser browser, Uri page)
    {
        var phone = await browser.NewPageAsync();
        var tools = await phone.Context.NewCDPSessionAsync(phone);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 400,
            ["downloadThroughput"] = 400_000 / 8,
            ["uploadThroughput"] = 400_000 / 8,
        });
        await phone.GotoAsync(page.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return await phone.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") / 1000;
    }

    /// <summary>Which share of the time the page's main thread works.</summary>
    private static async Task<double> BusyAsync(IBrowser browser, Uri page, TimeSpan length)
    {
        var stage = await browser.NewPageAsync();
        var tools = await stage.Context.NewCDPSessionAsync(stage);
        await tools.SendAsync("Performance.enable");
        await stage.GotoAsync(page.ToString());
        await Task.Delay(3000); // it moves while it opens
        var (at, before) = await WorkedAsync(tools);
        await Task.Delay(length);
        var (until, after) = await WorkedAsync(tools);
        return (after - before) / (until - at);
    }

    /// <summary>The page's clock and the time that its tasks have taken, in seconds.</summary>
    private static async Task<(double At, double Worked)> WorkedAsync(ICDPSession tools)
    {
        var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["Timestamp"], metrics["TaskDuration"]);
    }
}
