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

    /// <param name="instead">What to run in the program's place; see <see cref="RunningProgram.Through"/>.</param>
    public RecordedRuns(PublishedProgram program, IReadOnlyList<string> instead)
    {
        Root = folder.CreateSubdirectory("disk").FullName;
        Instead = instead;
        Program = new RunningProgram(program)
        {
            DataFolder = Path.Combine(Root, "data"),
            // Files that are written elsewhere and then moved into the data folder must be seen being written.
            Environment = new() { ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Root, "tmp")).FullName },
        };
    }

    /// <summary>The folder whose files are rebuilt.</summary>
    public string Root { get; }

    public RunningProgram Program { get; }

    public SeededEvent Event { get; private set; } = null!;

    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    private IReadOnlyList<string> Instead { get; }

    public IEnumerable<Moment> Moments() => recordings.SelectMany(recording => recording.Read());

    /// <summary>An empty folder becomes a database with an event: the schema's upgrade is part of the recording.</summary>
    public async Task FoundAsync()
    {
        Record();
        await Program.DoAsync("demo");
        await recordings[^1].EndedAsync();
    }

    /// <summary>Starts, signs under load, stops in order.</summary>
    /// <returns>The recount.</returns>
    public async Task<Recount> SignAsync(TimeSpan duration)
    {
        Record();
        await Program.StartAsync();
        Event = await SeededEvent.OfAsync(Program);
        var load = await PledgeLoad.Of(Program, Event, phones: 16).RunAsync(duration);
        acknowledged.AddRange(load.Acknowledged);
        var recount = await Recount.OfAsync(Program, Event, acknowledged, load.Unanswered);
        await Program.StopAsync();
        await recordings[^1].EndedAsync();
        return recount;
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void Record()
    {
        recordings.Add(new Recording(Path.Combine(folder.FullName, $"calls-{recordings.Count}")));
        Program.Through = [.. recordings[^1].Through, .. Instead];
    }
}
