using System.Diagnostics;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Growth;

/// <summary>The same work at an event that has 1,000 pledges and at one that has 1,000,000, in turns.</summary>
internal static class GrowthPart
{
    private const int Small = 0, Large = 1;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var (few, many) = (1_000, options.Short ? 20_000 : 1_000_000);
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        report.Progress.Now($"planting {few:N0} and {many:N0} pledges");
        await using var small = new RunningProgram(published);
        await using var large = new RunningProgram(published);
        var e = await SeededEvent.StartWithAsync(small);
        await SeededEvent.StartWithAsync(large); // the same event, on data of its own
        await PlantedPledges.PlantAsync(small, few);
        await PlantedPledges.PlantAsync(large, many);

        report.Show($"Start with {many:N0} pledges until ready", $"{large.ReadyAfter.TotalSeconds:0.00} s",
            $"{small.ReadyAfter.TotalSeconds:0.00} s with {few:N0}");
        await SigningAsync(options, report, [small, large], [few, many], e);
        foreach (var (what, path) in ((string, string)[])[("Tally snapshot", e.TallyPath), ("Stage page", $"/display/{e.Code}")])
        {
            report.Progress.Now($"{what}: small and large in turns");
            var (atSmall, atLarge) = await AskingAsync(small, large, path, options.Short ? 100 : 1000);
            report.Measured($"{what} at {many:N0} pledges, beside {few:N0}", Threshold.AtMost(1.2, "times"), atLarge / atSmall,
                $"{atLarge.TotalMilliseconds:0.00} against {atSmall.TotalMilliseconds:0.00} ms, the median");
        }
    }

    private static async Task SigningAsync(RunOptions options, Report report, RunningProgram[] programs, int[] planted, SeededEvent e)
    {
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (5, TimeSpan.FromSeconds(2));
        var kept = new List<LoadResult>[] { [], [] };
        report.Progress.Now("signing at both in turns");
        await using var wal = new WalWatch(programs[Large]);
        foreach (var place in (int[])[Small, Large])
            kept[place].Add(await PledgeLoad.Of(programs[place], e, 200).RunAsync(2 * length));
        var taken = await InterleavedRuns.TakeAsync(rounds,
            () => PledgeLoad.Of(programs[Small], e, 200).RunAsync(length), () => PledgeLoad.Of(programs[Large], e, 200).RunAsync(length));

        report.Measured($"Signing at {planted[Large]:N0} pledges, beside {planted[Small]:N0}: time for each",
            Threshold.AtMost(1.2, "times"), taken.Ratio(Small, Large),
            $"{taken.PerSecond(Large):N0} against {taken.PerSecond(Small):N0} a second");
        report.Absolute("Write-ahead log under load, largest", "≤ 64 MiB", $"{wal.Largest / 1024.0 / 1024:0.0} MiB",
            wal.Largest <= WalWatch.Most);
        foreach (var place in (int[])[Small, Large])
        {
            kept[place].AddRange(taken.Of(place));
            report.Intake($"{planted[place]:N0} pledges are there", kept[place]);
            report.Recounted($"signing at {planted[place]:N0} pledges",
                await Recount.OfAsync(programs[place], e, kept[place], planted[place]));
        }
    }

    /// <summary>Half of the answers of each come sooner than this.</summary>
    private static async Task<(TimeSpan Small, TimeSpan Large)> AskingAsync(RunningProgram small, RunningProgram large,
        string path, int times)
    {
        var took = (Small: new Latencies(), Large: new Latencies());
        using var atSmall = new HttpClient { BaseAddress = small.Address };
        using var atLarge = new HttpClient { BaseAddress = large.Address };
        for (var i = -times / 4; i < times; i++)
            foreach (var (http, latencies) in ((HttpClient, Latencies)[])[(atSmall, took.Small), (atLarge, took.Large)])
            {
                var asked = Stopwatch.GetTimestamp();
                await http.GetByteArrayAsync(path);
                if (i >= 0) // the first ones warm up
                    latencies.AddSince(asked);
            }
        await Task.Yield();
        return (took.Small.Percentile(0.5), took.Large.Percentile(0.5));
    }
}
