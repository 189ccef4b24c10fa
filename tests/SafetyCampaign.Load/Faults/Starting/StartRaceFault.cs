using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Nodes;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>A supervisor that starts too many, or a power switch pressed in the first second.</summary>
internal static class StartRaceFault
{
    private const string Hold = "schema right, none hangs";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Eight programs that start on two busy cores are slow; what takes a minute hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Fault Fault { get; } = new("start-race",
        "Starts two to eight programs at the same moment on an empty folder, or as nodes on an empty PostgreSQL database, now to upgrade "
        + "the schema and now to run, "
        + "and kills some of them on the way; then starts once more and signs.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        await RaceAsync(run, Start("folder"), _ => Task.FromResult<Dictionary<string, string>>([]));
        if (PostgresServer.Programs() is null)
        {
            run.Without("PostgreSQL is not installed", Start("PostgreSQL database"), Hold);
            return;
        }
        await using var server = await PostgresServer.CreateAsync();
        await RaceAsync(run, Start("PostgreSQL database"), async round =>
        {
            await server.CreateDatabaseAsync($"race{round}");
            return server.Settings($"race{round}");
        });
    }

    private static string Start(string on) => $"Two to eight programs start at once on an empty {on}, some killed";

    /// <param name="database">Makes the empty database of a round, and says what a program is told to find it.</param>
    private static async Task RaceAsync(FaultRun run, string what, Func<int, Task<Dictionary<string, string>>> database)
    {
        var rounds = run.Short ? 2 : 20;
        var wrong = new List<string>();
        var (programs, killed, slowest) = (0, 0, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            run.Now($"{what}, round {round + 1} of {rounds}");
            var random = new Random(round);
            var settings = new Dictionary<string, string>(await database(round)) { ["Limits:Enabled"] = "false" };
            await using var race = new StartRace(run.Program, settings, verb: round % 2 == 0 ? "migrate" : "run",
                programs: random.Next(2, run.Short ? 5 : 9), random);
            await race.RunAsync(Patience);
            wrong.AddRange(race.Wrong);
            wrong.AddRange(await SignAsync(race.Survivor));
            programs += race.Programs;
            killed += race.Killed;
            slowest = race.Slowest > slowest ? race.Slowest : slowest;
        }
        run.Report.Absolute(what, Hold,
            $"{rounds} races of {programs} programs, {killed} killed{string.Concat(wrong.Distinct().Select(w => $"; {w}"))}",
            wrong.Count == 0);
        run.Report.Measured($"{what}: until all run, have ended, or say why not", "≤ 10 s", $"slowest {slowest.TotalSeconds:0.0} s",
            slowest <= Limit);
    }

    /// <summary>What is left must be a database like any other.</summary>
    private static async Task<IReadOnlyList<string>> SignAsync(RunningProgram program)
    {
        var e = await SeededEvent.StartWithAsync(program);
        var signed = await PledgeLoad.Of(program, e, phones: 5).RunAsync(TimeSpan.FromMilliseconds(200));
        return (await Recount.OfAsync(program, e, [signed])).Wrong;
    }
}
