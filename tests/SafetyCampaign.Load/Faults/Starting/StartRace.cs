using System.Diagnostics;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>Several programs started at once on one empty folder or database.</summary>
internal sealed class StartRace(PublishedProgram published, Dictionary<string, string> settings, string verb, int programs, Random random)
    : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-start-race-");
    private IReadOnlyList<Runner> runners = [];

    public int Programs => programs;

    public int Killed => runners.Count(runner => runner.WasKilled);

    /// <summary>How long the last one took to run, to end, or to say why it does neither.</summary>
    public TimeSpan Slowest => runners.Max(runner => runner.Took);

    public IEnumerable<string> Wrong => runners.Select(runner => runner.Wrong).OfType<string>();

    /// <summary>Not started yet; on what the race left behind.</summary>
    public RunningProgram Survivor { get; private set; } = null!;

    public async Task RunAsync(TimeSpan limit)
    {
        var all = Enumerable.Range(0, programs).Select(_ => Program()).ToList();
        var started = all.Select(program => (Program: program, Process: program.Start(verb))).ToList();
        runners = await Task.WhenAll(started.Select(one => random.Next(3) == 0
            ? KillAsync(one.Process, TimeSpan.FromMilliseconds(random.Next(1500)))
            : SettleAsync(one.Program, one.Process, limit)));
        foreach (var (_, process) in started.Where(one => !one.Process.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        Survivor = Program();
    }

    public async ValueTask DisposeAsync() => await Survivor.DisposeAsync(); // deletes the folder

    private RunningProgram Program() => new(published) { DataFolder = folder.FullName, Settings = settings };

    private static async Task<Runner> KillAsync(Process process, TimeSpan after)
    {
        await Task.Delay(after);
        var wasKilled = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return new Runner(wasKilled, TimeSpan.Zero, null);
    }

    private async Task<Runner> SettleAsync(RunningProgram program, Process process, TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        for (; !process.HasExited && !await program.IsReadyAsync(); await Task.Delay(20))
            if (Stopwatch.GetElapsedTime(since) > limit)
                return new Runner(false, limit,
                    $"a program that was to {verb} neither ran nor ended within {limit.TotalSeconds:0} s: {program.Tail(3)}");
        // On a folder one may run, and the others say that it does; nodes may all run. All can upgrade, one after the other.
        var isRefused = process.HasExited && process.ExitCode != 0 && !program.Tail().Contains("runs already", StringComparison.Ordinal);
        return new Runner(false, Stopwatch.GetElapsedTime(since),
            isRefused ? $"a program that was to {verb} ended with {process.ExitCode}: {program.Tail(3)}" : null);
    }

    private sealed record Runner(bool WasKilled, TimeSpan Took, string? Wrong);
}
