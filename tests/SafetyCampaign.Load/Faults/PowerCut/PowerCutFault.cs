namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// <c>kill -9</c> leaves what the program wrote in the kernel's hands, which writes it down in its own time; a power cut
/// does not. So the program's calls to the kernel are recorded, and the disk is rebuilt as a cut may leave it.
/// </summary>
internal static class PowerCutFault
{
    private const string What = "Power cut under load, checkpoints, upgrade of the schema";
    private const string Hold = "0 acknowledged lost, 0 corrupt";

    public static Fault Fault { get; } = new("power-cut",
        "Records every write, sync and answer of the program from its first start on (strace), then rebuilds its files as a power cut at a "
        + "random moment may leave them: what was synced stands, what was not is kept, lost or torn by sectors at random. A backup made "
        + "under load likewise; "
        + "on some of what is left the program is started.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        if (!await run.CanTraceAsync(What, Hold))
            return;
        await using var runs = new RecordedRuns(run.Program, instead: []);
        run.Now("recording the program under load");
        await runs.FoundAsync();
        var rate = run.Short ? 500 : (int?)null;
        await runs.SignAsync(TimeSpan.FromSeconds(run.Short ? 0.5 : 4), rate);
        run.Report.Recounted("a recorded run", await runs.SignAsync(TimeSpan.FromSeconds(run.Short ? 0.5 : 2), rate));

        run.Now("cutting the power");
        await CutAsync(run, runs, run.Options.Number("cuts", run.Short ? 200 : 5000));
        run.Now("starting the program after cuts");
        var started = await new Replay(runs.Moments, runs.Root,
            () => new StartWitness(run.Program, runs.Within(runs.Program.DataFolder), runs.Within(runs.Program.Database)))
            .RunAsync(run.Options.Number("starts", run.Short ? 2 : 40));
        run.Report.Absolute("Program started after a power cut", "ready, every receipt there", started.ToString(), started.IsClean);
        run.Now("cutting the power during a backup");
        run.Report.Recounted("a backup under load", await runs.BackUpAsync(TimeSpan.FromSeconds(run.Short ? 0.5 : 2), rate));
        var backup = await runs.Backup.Replay().RunAsync(run.Short ? 50 : 500);
        run.Report.Absolute("Power cut during a backup under load", "whole or not there; there once it says so", backup.ToString(),
            backup.IsClean, $"{backup.Moments:N0} moments to cut at");
    }

    private static async Task CutAsync(FaultRun run, RecordedRuns runs, int cuts)
    {
        var (found, disk) = await runs.CutAsync(cuts);
        run.Report.Absolute(What, Hold, found.ToString(), found.IsClean,
            $"{disk.SyncsOf(runs.Program.Database)} checkpoints, {found.Moments:N0} moments to cut at");
    }
}
