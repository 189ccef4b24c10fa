using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Repeating;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults;

/// <summary>A laptop whose clock is set in the middle of the event, by hand or by the network.</summary>
internal static class ClockFault
{
    private const string What = "Clock jumps ±1 h, ±3 days in the middle of an event";
    private const string Hold = "order by sequence; nothing expires; the day right at UTC+8";

    /// <summary>Half past one at night in China, when UTC still has the day before.</summary>
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 17, 30, 0, TimeSpan.Zero);
    private const string DayInChina = "7月16日";

    private static readonly TimeSpan[] Jumps =
        [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(3), TimeSpan.FromDays(-3), TimeSpan.Zero];

    public static Fault Fault { get; } = new("clock-jumps",
        "Sets the program's clock (libfaketime) an hour and three days forward and back while phones sign, and starts the program anew on "
            + "a clock that went back.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        if (Library() is not { } library)
        {
            run.Without("libfaketime is not installed", What, Hold);
            return;
        }
        var clock = Path.GetTempFileName();
        try
        {
            await JumpAsync(run, library, clock);
        }
        finally
        {
            File.Delete(clock);
        }
    }

    private static async Task JumpAsync(FaultRun run, string library, string clock)
    {
        Set(clock, TimeSpan.Zero);
        await using var program = new RunningProgram(run.Program)
        {
            // Only the time of day jumps: what the kernel counts from its start goes on evenly on a real machine too.
            Environment = new()
            {
                ["LD_PRELOAD"] = library,
                ["FAKETIME_TIMESTAMP_FILE"] = clock,
                ["FAKETIME_NO_CACHE"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
            },
        };
        var e = await SeededEvent.StartWithAsync(program);
        var wrong = new List<string>();
        await using var onlookers = await Observers.OfAsync(program, e);
        await using var phones = new RetryingPhones(() => program, e, phones: 10);
        foreach (var jump in Jumps)
        {
            run.Now($"the clock set to {Start + jump:MM-dd HH:mm} UTC");
            Set(clock, jump);
            await Task.Delay(TimeSpan.FromSeconds(run.Short ? 0.5 : 3));
            await CheckAsync(program, e, jump, wrong);
        }
        await phones.FinishAsync();
        if (phones.Refused > 0)
            wrong.Add($"{phones.Refused} pledges were refused");
        wrong.AddRange(await onlookers.LeaveAsync());
        wrong.AddRange((await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong);

        Set(clock, TimeSpan.FromDays(-3));
        await program.RestartAsync();
        await CheckAsync(program, e, TimeSpan.FromDays(-3), wrong);
        wrong.AddRange((await Recount.OfAsync(program, e, phones.Acknowledged, [])).Wrong);
        var backwards = TimesThatWentBack(program, wrong);
        run.Report.Absolute(What, Hold,
            $"{phones.Acknowledged.Count:N0} signed, the time went back {backwards} times in their "
                + $"order{string.Concat(wrong.Distinct().Select(w => $"; {w}"))}",
            wrong.Count == 0 && backwards > 0);
    }

    private static async Task CheckAsync(RunningProgram program, SeededEvent e, TimeSpan jump, List<string> wrong)
    {
        using var tally = JsonDocument.Parse(await program.GetAsync(e.TallyPath));
        if ((tally.RootElement.GetProperty("at").GetDateTimeOffset() - (Start + jump)).Duration() > TimeSpan.FromMinutes(5))
            wrong.Add("the clock did not jump, so nothing was tried");
        if (!(await program.GetAsync($"/e/{e.Code}")).Contains(DayInChina, StringComparison.Ordinal))
            wrong.Add($"the phone page does not show {DayInChina}");
    }

    /// <summary>Numbers follow the sequence whatever the clock says.</summary>
    private static int TimesThatWentBack(RunningProgram program, List<string> wrong)
    {
        using var connection = new SqliteConnection($"Data Source={program.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sum(later.SignedAt < earlier.SignedAt), sum(later.Number <> earlier.Number + 1) FROM pledges earlier JOIN pledges "
                + "later ON later.Sequence = earlier.Sequence + 1";
        using var row = command.ExecuteReader();
        row.Read();
        if (row.GetInt32(1) > 0)
            wrong.Add("numbers do not follow the order of the ledger");
        return row.GetInt32(0);
    }

    private static void Set(string clock, TimeSpan jump) =>
        File.WriteAllText(clock, ((Start + jump - DateTimeOffset.UtcNow).TotalSeconds).ToString("+0;-0", CultureInfo.InvariantCulture));

    private static string? Library() => !Directory.Exists("/usr/lib") ? null
        : Directory.EnumerateDirectories("/usr/lib").Prepend("/usr/lib") // a folder for each kind of machine, or none
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
}
