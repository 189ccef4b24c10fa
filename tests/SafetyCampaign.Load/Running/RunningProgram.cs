using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SafetyCampaign.Load.Running;

/// <summary>
/// The real program as a process of its own: on loopback, on a data folder of its own that goes with it. It can be
/// stopped in order, killed, and started again on the same folder and port.
/// </summary>
internal sealed partial class RunningProgram(PublishedProgram program) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly List<RunningProgram> Started = [];

    private readonly ConcurrentQueue<string> said = new();
    private readonly int port = FreePort();
    private Process? process;

    // A run that is told to stop leaves no program behind. Ctrl+C reaches them all by itself, a supervisor's signal does not.
    static RunningProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        lock (Started)
            foreach (var program in Started)
                program.process?.Kill();
    };

    public string DataFolder { get => field ??= Directory.CreateTempSubdirectory("safety-campaign-load-").FullName; init; }

    /// <summary>Configuration, by default without limits: all phones come from one address.</summary>
    public Dictionary<string, string> Settings { get; init; } = new() { ["Limits:Enabled"] = "false" };

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>What to start the program through, such as <c>strace -D -o …</c>; it must keep the program's process id.</summary>
    public IReadOnlyList<string> Through { get; set; } = [];

    public IPEndPoint EndPoint => new(IPAddress.Loopback, port);

    public Uri Address => new($"http://127.0.0.1:{port}");

    public string Database => Path.Combine(DataFolder, "campaign.db");

    public int Id => Running.Id;

    /// <summary>From the start of the process to the first answer that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>What the program has written, the newest last, over all its starts.</summary>
    public IReadOnlyCollection<string> Said => said;

    /// <summary>Resident memory, in bytes.</summary>
    public long Resident
    {
        get
        {
            Running.Refresh();
            return Running.WorkingSet64;
        }
    }

    /// <summary>What the process has used since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            Running.Refresh();
            return Running.TotalProcessorTime;
        }
    }

    private Process Running => process ?? throw new InvalidOperationException("The program is not running.");

    /// <summary>Starts the program and waits until it is ready to take pledges.</summary>
    public async Task StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        process = Start("run");
        lock (Started)
            Started.Add(this);
        await ReadyAsync(Address, process, () => Tail());
        ReadyAfter = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until a server that was just started says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or took a minute.</exception>
    public static async Task ReadyAsync(Uri address, Process process, Func<string> tail)
    {
        var started = Stopwatch.GetTimestamp();
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"It ended while starting:\n{tail()}");
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"It was not ready within {Patience.TotalSeconds:0} s:\n{tail()}");
            await Task.Delay(5);
        }
        await Task.Yield();
    }

    /// <summary>Whether the program says that it can take pledges.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        return await IsReadyAsync(http);
    }

    /// <summary>Runs one of the program's other verbs to its end, on the same data.</summary>
    public async Task DoAsync(params string[] verb)
    {
        using var doing = Start(verb);
        await doing.WaitForExitAsync();
        if (doing.ExitCode != 0)
            throw new InvalidOperationException($"\"{string.Join(' ', verb)}\" failed:\n{Tail()}");
    }

    /// <summary><c>kill -9</c>: nothing is written any more, nobody is told.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await EndedAsync();
    }

    /// <summary>SIGTERM, as a supervisor stops it.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
            Running.Kill();
        else
            Signal(Running.Id, 15);
        await EndedAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>The body of a page or an answer; anything but 200 throws.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var body = await http.GetStringAsync(path);
        await Task.Yield();
        return body;
    }

    public string Tail(int lines = 20) => string.Join('\n', said.TakeLast(lines));

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Starts one of the program's verbs and leaves it to itself.</summary>
    public Process Start(params string[] verb)
    {
        string[] line = [.. Through, program.Executable, .. verb, $"--urls={Address.OriginalString}", $"--DataDirectory={DataFolder}",
            .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Sockets.LeaveAsUsual(start.Environment);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // Where the machine's .NET does not lie in its usual place, the published program would not find it.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        foreach (var (key, value) in Environment)
            start.Environment[key] = value;
        var started = Process.Start(start)!;
        started.OutputDataReceived += Keep;
        started.ErrorDataReceived += Keep;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            said.Enqueue(line.Data);
    }

    private async Task EndedAsync()
    {
        await Running.WaitForExitAsync().WaitAsync(Patience);
        lock (Started)
            Started.Remove(this);
        Running.Dispose();
        process = null;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("healthz/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
