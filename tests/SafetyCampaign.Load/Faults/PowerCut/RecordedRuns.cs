using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>Runs of a program on one empty folder from its first start on, all written down.</summary>
internal sealed class RecordedRuns : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-power-cut-");
    private readonly List<Recording> recordings = [];
    private readonly List<Acknowledged> acknowledged = [];
    private readonly IReadOnlyList<string> instead;

    /// <param name="instead">What to run in the program's place; see <see cref="RunningProgram.Through"/>.</param>
    public RecordedRuns(PublishedProgram program, IReadOnlyList<string> instead)
    {
        this.instead = instead;
        Root = folder.CreateSubdirectory("disk").FullName;
        Program = new RunningProgram(program)
        {
            DataFolder = Path.Combine(Root, "data"),
            // Files that are written elsewhere and then moved into the data folder must be seen being written.
            Environment = new() { ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Root, "tmp")).FullName },
        };
        Backup = new RecordedBackup(folder.CreateSubdirectory("backups").FullName,
            new Recording(Path.Combine(folder.FullName, "calls-backup")));
    }

    /// <summary>The folder whose files are rebuilt.</summary>
    public string Root { get; }

    public RunningProgram Program { get; }

    public RecordedBackup Backup { get; }

    public IEnumerable<Moment> Moments => recordings.SelectMany(recording => recording.Read());

    public string Within(string path) => Path.GetRelativePath(Root, path);

    /// <summary>An empty folder becomes a database with an event: the schema's upgrade is part of the recording.</summary>
    public async Task FoundAsync()
    {
        Record();
        await Program.DoAsync("demo");
        await recordings[^1].EndedAsync();
    }

    /// <summary>Starts, signs under load, stops in order.</summary>
    /// <param name="rate">Pledges a second; null for as many as are answered. Each takes some 100 KB of the recording.</param>
    public async Task<Recount> SignAsync(TimeSpan duration, int? rate)
    {
        Record();
        var (load, recount) = await RunAsync(duration, rate, meanwhile: () => Task.CompletedTask);
        await recordings[^1].EndedAsync();
        acknowledged.AddRange(load.Acknowledged);
        return recount;
    }

    /// <summary>
    /// Makes a backup under load, after the runs that are cut. The verb is a process of its own, with a recording of its own, and writes its
    /// line of the audit log into the same database: in a recording of the program alone these pages would be missing.
    /// </summary>
    public async Task<Recount> BackUpAsync(TimeSpan duration, int? rate)
    {
        Program.Through = instead;
        return (await RunAsync(duration, rate, meanwhile: () => Backup.MakeAsync(Program))).Recount;
    }

    /// <summary>To cut the power anywhere in these runs and look at the ledger.</summary>
    public async Task<(ReplayResult Found, RecordedDisk Disk)> CutAsync(int cuts)
    {
        LedgerWitness witness = null!;
        var replay = new Replay(Moments, Root, () => witness = new LedgerWitness(Within(Program.Database)));
        var found = await replay.RunAsync(cuts);
        return witness.Acknowledged.Count() == acknowledged.Count
            ? (found, replay.Disk)
            : throw new InvalidDataException(
                $"Phones have {acknowledged.Count} answers, the recording {witness.Acknowledged.Count()}: it cannot be judged by it.");
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<(LoadResult Load, Recount Recount)> RunAsync(TimeSpan duration, int? rate, Func<Task> meanwhile)
    {
        await Program.StartAsync();
        var e = await SeededEvent.OfAsync(Program);
        var signing = PledgeLoad.Of(Program, e, phones: 16, rate).RunAsync(duration);
        await meanwhile();
        var load = await signing;
        var recount = await Recount.OfAsync(Program, e, [.. acknowledged, .. load.Acknowledged], load.Unanswered);
        await Program.StopAsync();
        return (load, recount);
    }

    private void Record()
    {
        recordings.Add(new Recording(Path.Combine(folder.FullName, $"calls-{recordings.Count}")));
        Program.Through = [.. recordings[^1].Through, .. instead];
    }
}
