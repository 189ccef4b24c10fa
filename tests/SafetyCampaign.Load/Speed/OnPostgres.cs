using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Nodes;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>
/// <c>speed --provider postgres</c>: one node on a PostgreSQL of the run's own, beside the bare endpoint and beside SQLite.
/// </summary>
internal static class OnPostgres
{
    private const string Database = "pledges";
    private const int Postgres = 0, Sqlite = 1, Bare = 2;

    public static async Task RunAsync(RunOptions options, Report report, PublishedProgram published)
    {
        var (rounds, length) = options.Short ? (1, TimeSpan.FromSeconds(1)) : (4, TimeSpan.FromSeconds(2));
        if (PostgresServer.Programs() is null)
        {
            report.Skip("Signed pledges a second on PostgreSQL, beside SQLite", "", "PostgreSQL is not installed");
            return;
        }
        report.Progress.Now("starting PostgreSQL, a node on it and one on SQLite");
        await using var server = await PostgresServer.CreateAsync();
        await server.CreateDatabaseAsync(Database);
        await using var program =
            new RunningProgram(published) { Settings = new(server.Settings(Database)) { ["Limits:Enabled"] = "false" } };
        await using var beside = new RunningProgram(published);
        await using var baselines = await Baselines.StartAsync();
        var e = await SeededEvent.StartWithAsync(program);
        await SeededEvent.StartWithAsync(beside); // the same event, on data of its own

        report.Progress.Now("warming up");
        var kept = new List<LoadResult> { await PledgeLoad.Of(program, e, 200).RunAsync(2 * length) };
        foreach (var load in (PledgeLoad[])[PledgeLoad.Of(beside, e, 200), baselines.Load("bare", 200)])
            await load.RunAsync(2 * length);
        foreach (var phones in (int[])[50, 200, 1000])
        {
            report.Progress.Now($"{phones} phones: on PostgreSQL, on SQLite and bare in turns");
            var taken = await InterleavedRuns.TakeAsync(rounds, () => PledgeLoad.Of(program, e, phones).RunAsync(length),
                () => PledgeLoad.Of(beside, e, phones).RunAsync(length), () => baselines.Load("bare", phones).RunAsync(length));
            kept.AddRange(taken.Of(Postgres));
            report.Show($"Signed pledges a second on PostgreSQL, {phones:N0} phones, beside SQLite",
                $"{taken.Ratio(Postgres, Sqlite):0.00}",
                $"{taken.PerSecond(Postgres):N0} against {taken.PerSecond(Sqlite):N0} a second; {taken.Ratio(Postgres, Bare):0.00} of "
                    + $"bare; 99 of 100 answers within {taken.Percentile(Postgres, 0.99).TotalMilliseconds:0.#} ms");
        }
        report.Intake("signing on PostgreSQL", kept);
        report.Recounted("signing on PostgreSQL", await Recount.OfAsync(program, e, kept));
    }
}
