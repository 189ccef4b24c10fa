using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Disk;

/// <summary>A disk that fails now and then: strace answers the program's calls in the kernel's place.</summary>
internal static class IoErrorFault
{
    private const string Hold = "no false 201; 503 with words; the same key later once; screens live";

    /// <summary>The file of the database, the call that fails, how it fails, and which of its calls.</summary>
    private static readonly (string File, string Call, string Error, string When)[] Errors =
    [
        ("campaign.db-wal", "pwrite64", "EIO", "20+151"),
        ("campaign.db-wal", "fsync", "EIO", "5+7"),
        ("campaign.db-wal", "pwrite64", "ENOSPC", "31+97"),
        ("campaign.db", "pwrite64", "EIO", "1+3"),
        ("campaign.db", "fsync", "EIO", "1+2"),
    ];

    public static Fault Fault { get; } = new("io-errors",
        "Makes every Nth write or sync of the write-ahead log or of the database fail with an I/O error or a full disk (strace "
        + "injection), under load; "
        + "phones repeat their key until it is stored; then restarts and counts again.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        if (!await run.CanTraceAsync("I/O errors at every Nth write and sync", Hold))
            return;
        foreach (var (file, call, error, when) in run.Short ? Errors[..2] : Errors)
        {
            var what = $"{error} at {call} {when} of {file}";
            run.Now(what);
            await using var program = new RunningProgram(run.Program);
            await program.DoAsync("demo");
            var calls = Path.Combine(program.DataFolder, "calls");
            program.Through =
            [
                "strace", "-D", "-f", "--seccomp-bpf", "-qqq", "-o", calls, "-s", "0", "-P", Path.Combine(program.DataFolder, file),
                "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={when}",
            ];
            await program.StartAsync();
            await UnderLoadAsync(run, program, what, calls);
        }
    }

    private static async Task UnderLoadAsync(FaultRun run, RunningProgram program, string what, string calls)
    {
        var e = await SeededEvent.OfAsync(program);
        await using var onlookers = await Observers.OfAsync(program, e);
        await using var phones = new RetryingPhones(() => program, e, phones: 20);
        await Task.Delay(TimeSpan.FromSeconds(run.Short ? 1 : 10));
        await phones.FinishAsync();
        List<string> wrong =
        [
            .. phones.Wrong,
            .. await onlookers.LeaveAsync(),
            .. (await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong,
        ];
        // What was told must also stand in the file, not only in the memory of the program and the kernel.
        program.Through = [];
        await program.KillAsync();
        await program.StartAsync();
        wrong.AddRange((await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong.Select(w => $"after a kill {w}"));
        var failed = File.ReadLines(calls).Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal));
        run.Report.Absolute(what, Hold,
            $"{failed:N0} calls failed, {phones.Acknowledged.Count:N0} stored once, {phones.Refused:N0} × "
                + $"503{string.Concat(wrong.Select(w => $"; {w}"))}",
            failed > 0 && wrong.Count == 0);
    }
}
