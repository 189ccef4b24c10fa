using System.Diagnostics;
using System.Runtime.InteropServices;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Nodes;

/// <summary>
/// A server of the system's packages on a port and folder of the runner's own, run without root's rights, known by its
/// process id.
/// </summary>
internal abstract partial class OwnServer : IAsyncDisposable
{
    private const string Unprivileged = "nobody";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-server-");
    private Process? process;

    protected string Folder => folder.FullName;

    protected int Port { get; } = RunningProgram.FreePort();

    protected abstract IReadOnlyList<string> Command { get; }

    public virtual async Task StartAsync()
    {
        process = Process.Start(AsUnprivileged(Command))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var since = Stopwatch.GetTimestamp(); !await AnswersAsync(); await Task.Delay(20))
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > Patience)
                throw new InvalidOperationException($"{Command[0]} did not start.");
    }

    public async Task StopAsync(int signal)
    {
        if (process is not { HasExited: false })
            return;
        _ = Signal(process.Id, signal);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(Signals.Kill);
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    protected abstract Task<bool> AnswersAsync();

    /// <summary>Neither server should run as root, and one of them refuses to.</summary>
    protected async Task<bool> RunAsync(params IReadOnlyList<string> command)
    {
        using var running = Process.Start(AsUnprivileged(command))!;
        var said = running.StandardOutput.ReadToEndAsync();
        var complained = running.StandardError.ReadToEndAsync();
        await Task.WhenAll(said, complained, running.WaitForExitAsync());
        return running.ExitCode == 0;
    }

    protected static async Task<bool> OwnAsync(string folder) =>
        !Environment.IsPrivilegedProcess || await Tool.WorksAsync("chown", Unprivileged, folder);

    private ProcessStartInfo AsUnprivileged(IReadOnlyList<string> command)
    {
        // setpriv becomes the command, so the process id is the server's.
        string[] line = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Unprivileged}", "--clear-groups", .. command]
            : [.. command];
        return new ProcessStartInfo(line[0],
            line[1..])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

/// <summary>What a process can be told on Unix.</summary>
internal static class Signals
{
    public const int Interrupt = 2, Quit = 3, Kill = 9;
}
