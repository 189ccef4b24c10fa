using System.Diagnostics;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>Several programs started at once on one empty folder.</summary>
internal sealed class StartRace(PublishedProgram published, string verb, int programs, Random random) : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-start-race-");
    private readonly List<RunningProgram> all = [];
    private readonly List<string> wrong = [];

    public int Programs => programs;

    public int Killed { get; private set; }

    /// <summary>How long the last one took to run, to end, or to say why it does neither.</summary>
    public TimeSpan Slowest { get; private set; }

    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>Not started yet; on what the race left behind.</summary>
    public RunningProgram Survivor { get; private set; } = null!;

    public async Task RunAsync(TimeSpan limit)
    {
        var settled = new List<Task>();
        for (var i = 0; i < programs; i++)
            all.Add(new RunningProgram(published) { DataFolder = folder.FullName });
        var started = all.Select(program => program.Start(verb)).ToList();
        for (var i = 0; i < programs; i++)
            settled.Add(SettleAsync(all[i], started[i], isKilled: random.Next(3) == 0, limit));
        await Task.WhenAll(settled);
        foreach (var process in started.Where(process => !process.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        Survivor = new RunningProgram(published) { DataFolder = folder.FullName };
    }

    public async ValueTask DisposeAsync() => await Survivor.DisposeAsync(); // deletes the folder

    private async Task SettleAsync(RunningProgram program, Process process, bool isKilled, TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        if (isKilled)
        {
            await Task.Delay(random.Next(1500));
            if (!process.HasExited)
                Killed++;
            process.Kill();
            await process.WaitForExitAsync();
            return;
        }
        while (!process.HasExited && !await program.IsReadyAsync())
            if (Stopwatch.GetElapsedTime(since) > limit)
            {
                wrong.Add($"a program that was to {verb} neither ran nor ended within {limit.TotalSeconds:0} s: {program.Tail(3)}");
                return;
            }
            else
                await Task.Delay(20);
        var took = Stopwatch.GetElapsedTime(since);
        Slowest = took > Slowest ? took : Slowest;
        // One of those that are to run may run; the others say that it does. All can upgrade, one after the other.
        if (process.HasExited && process.ExitCode != 0 && !program.Tail().Contains("runs already", StringComparison.Ordinal))
            wrong.Add($"a program that was to {verb} ended with {process.ExitCode}: {program.Tail(3)}");
    }
}
