using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>
/// A disk on which every sync takes 5 ms more, beside the disk as it is: two programs on data of their own, in turns.
/// strace holds back the syncs of one and only looks on at the other, since being looked at costs a program more than
/// the waiting does.
/// </summary>
internal static class SlowDisk
{
    private const string What = "Signed pledges a second, each sync 5 ms slower, 1,000 phones, beside the disk as it is";
    private const int Slow = 0, Native = 1;

    private static readonly Threshold Hold = Threshold.AtLeast(0.85);

    private static readonly string[] LookedAt = ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e",
        "trace=fsync,fdatasync"];
    private static readonly string[] HeldBack = [.. LookedAt, "-e", "inject=fsync,fdatasync:delay_exit=5000"];

    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        if (!await Tool.WorksAsync("strace", "-qq", "-o", "/dev/null", "true"))
        {
            report.Skip(What, Hold.ToString(), "needs strace, and leave to trace");
            return;
        }
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (4, TimeSpan.FromSeconds(2));
        await using var native = new RunningProgram(published) { Through = LookedAt };
        await using var slow = new RunningProgram(published) { Through = HeldBack };
        var e = await SeededEvent.StartWithAsync(native);
        await SeededEvent.StartWithAsync(slow); // the same event, on data of its own

        report.Progress.Now("1,000 phones on a slow and on the native disk, in turns");
        await PledgeLoad.Of(native, e, 200).RunAsync(2 * length);
        var warm = await PledgeLoad.Of(slow, e, 200).RunAsync(2 * length);
        var taken = await InterleavedRuns.TakeAsync(rounds,
            () => PledgeLoad.Of(slow, e, 1000).RunAsync(length), () => PledgeLoad.Of(native, e, 1000).RunAsync(length));
        report.Measured(What, Hold, taken.Ratio(Slow, Native),
            $"{taken.PerSecond(Slow):N0} against {taken.PerSecond(Native):N0} a second, both under strace");
        LoadResult[] kept = [warm, .. taken.Of(Slow)];
        report.Intake("syncs are slow", kept);
        report.Recounted("slow syncs", await Recount.OfAsync(slow, e, kept));
    }
}
