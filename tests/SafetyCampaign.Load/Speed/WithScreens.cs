using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Speed;

/// <summary>Signing while screens are live, in turns with signing while none is.</summary>
internal static class WithScreens
{
    private const int Live = 0, None = 1;

    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (4, TimeSpan.FromSeconds(2));
        await using var program = new RunningProgram(published);
        var e = await SeededEvent.StartWithAsync(program);
        var kept = new List<LoadResult>();
        Task<LoadResult> Sign() => PledgeLoad.Of(program, e, 200).RunAsync(length);

        report.Progress.Now("warming up");
        kept.Add(await PledgeLoad.Of(program, e, 200).RunAsync(2 * length));
        foreach (var (screens, hold) in ((int, double)[])[(200, 0.97), (1000, 0.80)])
        {
            report.Progress.Now($"200 phones with {screens} screens and with none, in turns");
            var taken = await InterleavedRuns.TakeAsync(rounds, () => WithAsync(program, e, screens, Sign), Sign);
            kept.AddRange(taken.Of(Live).Concat(taken.Of(None)));
            report.Measured($"Signed pledges a second while {screens:N0} screens are live, beside none", Threshold.AtLeast(hold),
                taken.Ratio(Live, None),
                $"{taken.PerSecond(Live):N0} against {taken.PerSecond(None):N0} a second");
        }
        report.Intake("screens are live", kept);
        report.Recounted("signing before screens", await Recount.OfAsync(program, e, kept));
    }

    private static async Task<LoadResult> WithAsync(RunningProgram program, SeededEvent e, int screens, Func<Task<LoadResult>> sign)
    {
        await using var hall = await ScreenGroup.OpenAsync(program, e, screens);
        var result = await sign();
        return hall.Broken == 0 ? result : throw new IOException($"{hall.Broken} of {screens} screens lost their connection.");
    }
}
