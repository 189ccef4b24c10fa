using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults;

/// <summary>The program is gone from one instruction to the next, and comes back on the same data.</summary>
internal static class KillFault
{
    public static Fault Fault { get; } = new("kill",
        "Kills the program with kill -9 in the middle of the load and starts it again, over and over; phones connect again and repeat the "
            + "key they have no answer for.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var cycles = run.Options.Number("cycles", run.Short ? 2 : 30);
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        using var enough = new CancellationTokenSource();
        var load = PledgeLoad.Of(program, e, phones: 50).RunAsync(TimeSpan.FromMinutes(10), enough.Token);
        var slowest = TimeSpan.Zero;
        for (var cycle = 1; cycle <= cycles; cycle++)
        {
            run.Now($"kill -9, {cycle} of {cycles}");
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(200, 1000)));
            await program.KillAsync();
            await program.StartAsync();
            slowest = slowest > program.ReadyAfter ? slowest : program.ReadyAfter;
        }
        await enough.CancelAsync();
        var signed = await load;
        var recount = await Recount.OfAsync(program, e, signed.Acknowledged, signed.Unanswered);
        run.Report.Absolute("kill -9 under load, repeated", "0 acknowledged lost, 0 duplicates",
            $"{cycles} kills, {signed.Acknowledged.Count:N0} "
                + $"acknowledged: {(recount.Wrong.Count == 0 ? "all there once" : string.Join("; ", recount.Wrong))}",
            recount.Wrong.Count == 0 && signed.Refused.Count == 0, signed.Trouble);
        run.Report.Measured("Ready again after a kill under load", "≤ 1 s", $"slowest {slowest.TotalMilliseconds:N0} ms",
            slowest <= TimeSpan.FromSeconds(1));
    }
}
