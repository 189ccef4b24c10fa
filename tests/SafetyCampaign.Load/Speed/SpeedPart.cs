using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>How fast pledges are taken in.</summary>
internal static class SpeedPart
{
    public static async Task RunAsync(RunOptions options, Report report)
    {
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options));
        var e = await SeededEvent.StartWithAsync(program);
        foreach (var phones in (int[])[50, 200, 1000])
        {
            report.Progress.Now($"{phones} phones");
            var result = await PledgeLoad.Of(program, e, phones).RunAsync(TimeSpan.FromSeconds(options.Short ? 1 : 5));
            report.Timed($"Signatures a second from {phones} phones", "-", $"{result.PerSecond:N0}, p99 {result.Took.Percentile(0.99).TotalMilliseconds:0.0} ms {result.Trouble}", true);
            all.AddRange(result.Acknowledged);
        }
        report.Recounted("speed", await Recount.OfAsync(program, e, all, []));
    }

    private static readonly List<Acknowledged> all = [];
}
