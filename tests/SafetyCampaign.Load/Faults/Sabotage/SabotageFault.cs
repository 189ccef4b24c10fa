using SafetyCampaign.Load.Faults.Attack;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Faults.PowerCut;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Sabotage;

/// <summary>The runner tried on programs that are wrong: what finds nothing there proves nothing elsewhere.</summary>
internal static class SabotageFault
{
    private const string Caught = "caught";

    public static Fault Fault { get; } = new("sabotage",
        "Runs the power cuts and the retry storm against the same program with a worse ledger: one that does not wait for the disk, one "
        + "that answers before the commit, one that stores a repeated key again; the weak network against phones that give up; the bots "
        + "against a program without limits, the chain against acts that walk all of it, the health flood against checks that run for "
        + "everybody. Each must be found out.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        await CutAsync(run, "unsynced", "Sabotage: synchronous=NORMAL");
        await CutAsync(run, "hasty", "Sabotage: an answer before the commit");
        await StormAsync(run);
        await GiveUpAsync(run);
        await UnlimitedAsync(run);
        await WalkAsync(run);
        await UncachedAsync(run);
    }

    private static async Task CutAsync(FaultRun run, string store, string what)
    {
        if (!await run.CanTraceAsync(what, Caught))
            return;
        run.Now($"power cuts against the {store} ledger");
        await using var runs = new RecordedRuns(run.Program, SabotagedProgram.Through(store));
        await runs.FoundAsync();
        await runs.SignAsync(TimeSpan.FromSeconds(run.Short ? 0.5 : 2), rate: 500);
        var (found, _) = await runs.CutAsync(cuts: run.Short ? 100 : 1000);
        run.Report.Absolute(what, Caught, $"{found.LosingCuts:N0} of {found.Cuts:N0} cuts lost something acknowledged",
            found.LosingCuts > 0);
    }

    private static async Task StormAsync(FaultRun run)
    {
        run.Now("a retry storm against the forgetful ledger");
        await using var program = new RunningProgram(run.Program) { Through = SabotagedProgram.Through("forgetful") };
        var e = await SeededEvent.StartWithAsync(program);
        var storm = await RetryStormFault.StormAsync(program, e, requests: 100);
        run.Report.Absolute("Sabotage: no unique index", Caught, storm.Describe(), storm.Wrong.Count > 0);
    }

    private static async Task GiveUpAsync(FaultRun run)
    {
        run.Now("phones that give up on a weak network");
        await using var program = new RunningProgram(run.Program);
        var quality = NetworkConditions.Weak with { Latency = TimeSpan.Zero, Stalls = 0 };
        var outcome = await WeakNetworkFault.SignAsync(program, families: 150, quality, givesUp: true);
        run.Report.Absolute("Sabotage: phones that try once", Caught, outcome.Describe(), !outcome.Holds);
    }

    private static async Task UnlimitedAsync(FaultRun run)
    {
        run.Now("bots against a program without limits");
        await using var program = new RunningProgram(run.Program);
        var reading = TimeSpan.FromSeconds(0.5);
        var found = await BotFault.AttackAsync(program, phones: 20, TimeSpan.FromSeconds(2), reading, BotFault.FarmsPages);
        run.Report.Absolute("Sabotage: no limits", Caught,
            $"of {found.Tried:N0} tries of a bot {found.Passed:N0} passed; {found.FarmPassed:N0} pledges of {found.Pages:N0} farmed "
                + "cookies",
            found.Passed > found.Tried / 10 && !found.FarmHeld);
    }

    private static async Task WalkAsync(FaultRun run)
    {
        run.Now("acts that walk a whole chain");
        await using var program = new RunningProgram(run.Program) { Through = SabotagedProgram.Through("walking") };
        var found = await ChainFault.ActAsync(run, program, chain: run.Short ? 200 : 700, TimeSpan.FromSeconds(run.Short ? 0.7 : 3));
        run.Report.Absolute("Sabotage: acts that walk a whole chain", Caught,
            $"p99 of signing {found.Busy.TotalMilliseconds:N1} ms beside {found.Quiet.TotalMilliseconds:N1} ms", found.Ratio > 2);
    }

    private static async Task UncachedAsync(FaultRun run)
    {
        run.Now("health checks that run for everybody");
        await using var program = new RunningProgram(run.Program) { Through = SabotagedProgram.Through("uncached") };
        var found = await HealthFault.AskAsync(run, program, TimeSpan.FromSeconds(run.Short ? 0.7 : 3));
        run.Report.Absolute("Sabotage: health checks that run for everybody", Caught,
            $"p50 of signing {found.Busy.TotalMilliseconds:N1} ms beside {found.Quiet.TotalMilliseconds:N1} ms", found.Ratio > 5);
    }
}
