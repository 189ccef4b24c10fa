using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Saving;

/// <summary>The operator saves the records in the middle of the event, and needs them on another machine.</summary>
internal static class BackupFault
{
    private const string What = "Backup under full load, restore drill";
    private const double Cost = 1.2;

    public static Fault Fault { get; } = new("backup",
        "Makes backups one after the other while phones sign as fast as they are answered; restores the last to an empty folder, starts "
            + "the program there and compares every row.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var shelf = Directory.CreateTempSubdirectory("safety-campaign-backup-");
        try
        {
            await using var program = new RunningProgram(run.Program);
            var e = await SeededEvent.StartWithAsync(program);
            var during = new List<(long From, long To)>();
            var file = "";
            using var enough = new CancellationTokenSource();
            var load = PledgeLoad.Of(program, e, phones: 50).RunAsync(TimeSpan.FromMinutes(10), enough.Token);
            for (var i = 1; i <= (run.Short ? 1 : 5); i++)
            {
                run.Now($"signing, then backup {i} while signing goes on");
                await Task.Delay(TimeSpan.FromSeconds(run.Short ? 1 : 4));
                var from = Stopwatch.GetTimestamp();
                await program.DoAsync("backup", file = Path.Combine(shelf.FullName, $"{i}.db"));
                during.Add((from, Stopwatch.GetTimestamp()));
            }
            await enough.CancelAsync();
            var signed = await load;

            run.Now("restoring to an empty folder");
            await using var other = new RunningProgram(run.Program);
            await other.DoAsync("restore", file);
            var wrong = Compare(other.Database, program.Database);
            await other.StartAsync();
            var (before, after) = (signed.Acknowledged.Where(a => a.AnsweredAt < during[^1].From),
                signed.Acknowledged.Where(a => a.AnsweredAt >= during[^1].From));
            var restored = await Recount.OfAsync(other, e, before, [.. signed.Unanswered, .. after.Select(a => a.Key)]);
            wrong.AddRange(restored.Wrong.Select(w => $"restored, {w}"));
            wrong.AddRange((await Recount.OfAsync(program, e, signed.Acknowledged, signed.Unanswered)).Wrong);
            run.Report.Absolute(What, "every row equal",
                $"{restored.Rows:N0} rows restored{string.Concat(wrong.Select(w => $"; {w}"))}", wrong.Count == 0 && signed.IsClean,
                signed.Trouble);
            ShowCost(run.Report, signed, during);
        }
        finally
        {
            shelf.Delete(recursive: true);
        }
    }

    /// <summary>Reads the restored rows beside the original ones, to the last place that the backup holds.</summary>
    private static List<string> Compare(string restored, string original)
    {
        using var connection = new SqliteConnection($"Data Source={restored};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "ATTACH $original AS original";
        command.Parameters.AddWithValue("$original", original);
        command.ExecuteNonQuery();
        var wrong = new List<string>();
        foreach (var table in new[] { "pledges", "signatures" })
        {
            command.CommandText =
                $"""
                SELECT (SELECT count(*) FROM (SELECT * FROM main.{table} EXCEPT SELECT * FROM original.{table}))
                     + (SELECT count(*) FROM (SELECT * FROM original.{table} WHERE Sequence <= (SELECT max(Sequence) FROM main.pledges) EXCEPT SELECT * FROM main.{table}))
                """;
            if (command.ExecuteScalar() is long and not 0 and var rows)
                wrong.Add($"{rows} {table} are not as they were");
        }
        return wrong;
    }

    private static void ShowCost(Report report, LoadResult signed, List<(long From, long To)> during)
    {
        var (quiet, saving) = (new Latencies(), new Latencies());
        foreach (var a in signed.Acknowledged)
            (during.Any(d => a.SentAt >= d.From && a.SentAt <= d.To)
                ? saving
                : quiet).Add(Stopwatch.GetElapsedTime(a.SentAt, a.AnsweredAt));
        var (without, with) = (quiet.Percentile(0.99).TotalMilliseconds, saving.Percentile(0.99).TotalMilliseconds);
        report.Measured("p99 of the answer while a backup is made, beside none", $"≤ {Cost:0.0} times",
            $"{with:N1} ms beside {without:N1} ms: {with / without:0.00} times",
            with <= Cost * without);
    }
}
