namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// <c>kill -9</c> leaves what the program wrote in the kernel's hands, which writes it down in its own time; a power cut
/// does not. So the program's calls to the kernel are recorded, and the disk is rebuilt as a cut may leave it.
/// </summary>
internal static class PowerCutFault
{
    private const string Hold = "0 acknowledged lost, 0 corrupt";

    public static Fault Fault { get; } = new("power-cut",
        "Records every write, sync and answer of the program from its first start on (strace), then rebuilds its files as a power cut at a "
        + "random moment may leave them: what was synced stands, what was not is kept, lost or torn by sectors at random.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        const string what = "Power cut under load, checkpoints, upgrade of the schema";
        if (!await run.CanTraceAsync(what, Hold))
            return;
        await using var runs = new RecordedRuns(run.Program, instead: []);
        run.Now("recording the program under load");
        await runs.FoundAsync();
        await runs.SignAsync(TimeSpan.FromSeconds(run.Short ? 1 : 4));
        run.Report.Recounted("a recorded run", await runs.SignAsync(TimeSpan.FromSeconds(1)));

        run.Now("cutting the power");
        var found = new Replay(runs, seed: 1).Run(run.Options.Number("cuts", run.Short ? 300 : 5000));
        run.Report.Absolute(what, Hold,
            $"{found.Cuts:N0} cuts: {found.LosingCuts:N0} lost something, {found.DamagedCuts:N0} corrupt{(found.First is null ? "" : $"; first {found.First}")}",
            found is { LosingCuts: 0, DamagedCuts: 0 },
            $"{runs.Acknowledged.Count:N0} answers, {found.Checkpoints} checkpoints, {found.Moments:N0} moments to cut at");
    }
}
