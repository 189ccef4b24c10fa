using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Visit;

namespace SafetyCampaign.Load.Speed;

/// <summary>How fast pledges are taken in, and what the program weighs.</summary>
internal static class SpeedPart
{
    public static async Task RunAsync(RunOptions options, Report report)
    {
        if (!options.Short && Repository.IsDebugBuild)
            throw new InvalidOperationException("The baselines are part of this build: measure with -c Release.");
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        if (options.OnPostgres)
        {
            await OnPostgres.RunAsync(options, report, published);
            return;
        }
        if (options.Names.Contains("visit"))
        {
            await WholeVisit.RunAsync(options, report, published);
            return;
        }
        if (options.Names.Contains("phones"))
        {
            await BesideBaselines.RunAsync(options, report, published);
            return;
        }
        await StartAndWeight.RunAsync(options, report, published);
        await InABrowser.RunAsync(options, report, published);
        await BesideBaselines.RunAsync(options, report, published);
        await WithScreens.RunAsync(options, report, published);
        await SlowDisk.RunAsync(options, report, published);
        await WholeVisit.RunAsync(options, report, published);
    }
}
