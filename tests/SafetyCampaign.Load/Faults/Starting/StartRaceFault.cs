using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>A supervisor that starts too many, or a power switch pressed in the first second.</summary>
internal static class StartRaceFault
{
    private const string What = "Two to eight programs start at once on an empty folder, some killed";
    private const string Hold = "schema right, none hangs over 10 s";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static Fault Fault { get; } = new("start-race",
        "Starts two to eight programs at the same moment on an empty folder, now to upgrade the schema and now to run, and kills some of them on the way; then starts once more and signs.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var rounds = run.Short ? 2 : 40;
        var wrong = new List<string>();
        var (programs, killed, slowest) = (0, 0, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            run.Now($"programs racing to start, round {round + 1} of {rounds}");
            var random = new Random(round);
            var race = new StartRace(run.Program, verb: round % 2 == 0 ? "migrate" : "run", programs: random.Next(2, 9), random);
            await using (race)
            {
                await race.RunAsync(Limit);
                wrong.AddRange(race.Wrong);
                wrong.AddRange(await SignAsync(race.Survivor));
            }
            programs += race.Programs;
            killed += race.Killed;
            slowest = race.Slowest > slowest ? race.Slowest : slowest;
        }
        run.Report.Absolute(What, Hold,
            $"{rounds} races of {programs} programs, {killed} killed, slowest settled after {slowest.TotalSeconds:0.0} s{string.Concat(wrong.Distinct().Select(w => $"; {w}"))}",
            wrong.Count == 0);
    }

    /// <summary>What is left must be a database like any other.</summary>
    private static async Task<IReadOnlyList<string>> SignAsync(RunningProgram program)
    {
        var e = await SeededEvent.StartWithAsync(program);
        var signed = await PledgeLoad.Of(program, e, phones: 5).RunAsync(TimeSpan.FromMilliseconds(200));
        return (await Recount.OfAsync(program, e, [signed])).Wrong;
    }
}
