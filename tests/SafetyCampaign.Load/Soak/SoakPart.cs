using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Soak;

/// <summary>
/// A long evening: families and guardians sign at a steady rate, screens come and go, tallies are asked for. Nothing may
/// grow or slow down: the last stretch is compared with the second, as the first still warms up.
/// </summary>
internal static class SoakPart
{
    private const int Rate = 300;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var minutes = options.Number("minutes", options.Short ? 1 : 30);
        var stretches = options.Short ? 4 : 10;
        var length = TimeSpan.FromMinutes(minutes) / stretches;
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options));
        var e = await SeededEvent.StartWithAsync(program);
        await using var wal = new WalWatch(program);

        var (loads, vitals) = (new List<LoadResult>(), new List<ProcessVitals>());
        for (var stretch = 1; stretch <= stretches; stretch++)
        {
            report.Progress.Now($"stretch {stretch} of {stretches}, {length.TotalSeconds:0} s each, {Rate} requests a second");
            await using (new Visitors(program, e))
                loads.Add(await SignAsync(program, e, length));
            vitals.Add(await ProcessVitals.OfAsync(program));
        }

        var note = $"{minutes} min, {Rate} requests a second";
        report.Compare("Resident memory at the end, beside the beginning", 1.25, vitals[1].Resident, vitals[^1].Resident,
            bytes => $"{bytes / 1024 / 1024:0} MB", note);
        report.Compare("Open files and connections, nobody connected", 1.1, vitals[1].Handles, vitals[^1].Handles,
            handles => $"{handles:0}", note);
        report.Compare("Until the answer, half of them, at the end", 1.5, Milliseconds(loads[1], 0.5), Milliseconds(loads[^1], 0.5),
            ms => $"{ms:0.0} ms", note);
        report.Compare("Until the answer, 99 of 100, at the end", 1.5, Milliseconds(loads[1], 0.99), Milliseconds(loads[^1], 0.99),
            ms => $"{ms:0.0} ms", note);
        report.Absolute("Write-ahead log, largest", "≤ 64 MiB", $"{wal.Largest / 1024.0 / 1024:0.0} MiB",
            wal.Largest <= WalWatch.Most, note);
        report.Intake($"soaking", loads);
        report.Recounted("the soak", await Recount.OfAsync(program, e, loads));
    }

    /// <summary>Two of three requests are a family's.</summary>
    private static Task<LoadResult> SignAsync(RunningProgram program, SeededEvent e, TimeSpan length) => new PledgeLoad(program.EndPoint)
    {
        Phones = 60,
        Rate = Rate,
        Message = number => e.Classes[number % e.Classes.Count] is var c && number % 3 == 0
            ? SignMessage.Guardian(e.PledgesPath, c)
            : SignMessage.Family(e.PledgesPath, c),
    }.RunAsync(length);

    private static double Milliseconds(LoadResult load, double share) => load.Took.Percentile(share).TotalMilliseconds;

    private static void Compare(this Report report, string what, double most, double first, double last,
        Func<double, string> say, string note) =>
        report.Measured(what, Threshold.AtMost(most, "times"), last / first, $"{say(last)} against {say(first)}; {note}");
}
