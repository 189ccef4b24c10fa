using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Peers;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>Signatures a second, from the phone's request to its durable answer, beside the two baselines.</summary>
internal static class BesideBaselines
{
    private const int Ours = 0, Bare = 1;

    // By how many phones wait at once.
    private static readonly Dictionary<int, int> MaxMilliseconds = new() { [50] = 12, [1000] = 60 };

    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (4, TimeSpan.FromSeconds(2));
        await using var program = new RunningProgram(published);
        await using var baselines = await Baselines.StartAsync();
        var e = await SeededEvent.StartWithAsync(program);
        var kept = new List<LoadResult>();

        report.Progress.Now("warming up ours and the baselines");
        foreach (var load in (PledgeLoad[])[baselines.Load("bare", 200), baselines.Load("context", 50)])
            await load.RunAsync(2 * length);
        kept.Add(await PledgeLoad.Of(program, e, 200).RunAsync(2 * length));

        foreach (var phones in (int[])[50, 200, 1000])
        {
            report.Progress.Now($"{phones} phones: ours and bare in turns");
            var taken = await InterleavedRuns.TakeAsync(rounds,
                () => PledgeLoad.Of(program, e, phones).RunAsync(length), () => baselines.Load("bare", phones).RunAsync(length));
            report.Progress.Now($"{phones} phones: a context per request");
            var context = await baselines.Load("context", phones).RunAsync(length);
            kept.AddRange(taken.Of(Ours));
            Tell(report, phones, taken, context);
            if (phones == 200)
                await BesidePeers.RunAsync(report, program, e, taken.Ratio(Ours, Bare), rounds, length, kept);
        }
        report.Intake("signing", kept);
        report.Recounted("signing", await Recount.OfAsync(program, e, kept));
    }

    private static void Tell(Report report, int phones, InterleavedRuns taken, LoadResult context)
    {
        var (ours, bare, ratio) = (taken.PerSecond(Ours), taken.PerSecond(Bare), taken.Ratio(Ours, Bare));
        var note = $"{ours:N0} against {bare:N0} a second";
        var beside = $"Signed pledges a second, {phones:N0} phones, beside a bare endpoint";
        if (phones == 200)
            report.Measured(beside, Threshold.AtLeast(0.54), ratio, note);
        else
            report.Show(beside, $"{ratio:0.00}", note);

        var contextNote = $"{ours:N0} against {context.PerSecond:N0} a second{(context.IsClean ? "" : $"; {context.Trouble}")}";
        report.Measured($"Beside a context per request, {phones:N0} phones", Threshold.AtLeast(10, "times", "0.#"),
            ours / context.PerSecond, contextNote);

        var p99 = taken.Percentile(Ours, 0.99).TotalMilliseconds;
        var what = $"Until the answer, {phones:N0} phones at once, 99 of 100";
        var half =
            $"half within {taken.Percentile(Ours, 0.5).TotalMilliseconds:0.0} ms; bare: 99 of 100 "
                + $"within {taken.Percentile(Bare, 0.99).TotalMilliseconds:0.0} ms";
        if (MaxMilliseconds.TryGetValue(phones, out var most))
            report.Measured(what, Threshold.AtMost(most, "ms", "0.#"), p99, half);
        else
            report.Show(what, $"{p99:0.#} ms", half);
    }
}
