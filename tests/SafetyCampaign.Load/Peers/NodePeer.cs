using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Peers;

/// <summary>The same sign request as others would build it (peer.mjs), as a process beside the program.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "SafetyCampaign.Load", "Peers");
    private static readonly string Installed = Path.Combine(Repository.Root, "artifacts", "load-peers");

    private readonly Process process;
    private readonly IPEndPoint server;
    private readonly DirectoryInfo data;

    private NodePeer(Process process, IPEndPoint server, DirectoryInfo data) =>
        (this.process, this.server, this.data) = (process, server, data);

    /// <summary>Installs what it needs beside the other things that the runner makes.</summary>
    /// <returns>Why that cannot be done: no Node, no registry, no binary of SQLite for this machine; null where it can.</returns>
    public static async Task<string?> WhyNotAsync()
    {
        Directory.CreateDirectory(Installed);
        foreach (var file in new[] { "package.json", "package-lock.json", "peer.mjs" })
            File.Copy(Path.Combine(Source, file), Path.Combine(Installed, file), overwrite: true);
        try
        {
            if (!Directory.Exists(Path.Combine(Installed, "node_modules", "better-sqlite3", "build"))
                && await RunAsync("npm", "ci", "--no-audit", "--no-fund") is { } failure)
                return $"what it needs could not be installed: {failure}";
            return await RunAsync("node", "-e", "new (require('better-sqlite3'))(':memory:')") is { } broken
                ? $"better-sqlite3 does not run here: {broken}"
                : null;
        }
        catch (Win32Exception)
        {
            return "needs Node and npm";
        }
    }

    /// <param name="kind"><c>careful</c> or <c>typical</c>.</param>
    public static async Task<NodePeer> StartAsync(string kind)
    {
        var server = new IPEndPoint(IPAddress.Loopback, RunningProgram.FreePort());
        var data = Directory.CreateTempSubdirectory("safety-campaign-peer-");
        var start = new ProcessStartInfo("node", ["peer.mjs", kind, $"{server.Port}", Path.Combine(data.FullName, "peer.db")])
        {
            WorkingDirectory = Installed,
            RedirectStandardInput = true,
        };
        var peer = new NodePeer(Process.Start(start)!, server, data);
        await RunningProgram.ReadyAsync(new Uri($"http://{server}"), peer.process, () => "");
        return peer;
    }

    public PledgeLoad Load(int phones) => new(server) { Phones = phones, Message = _ => SignMessage.Guardian("/pledges", 1) };

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        data.Delete(recursive: true);
    }

    /// <returns>The last line that it complained with; null where it went well.</returns>
    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Installed,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = run.StandardOutput.ReadToEndAsync();
        var complained = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        return run.ExitCode == 0 ? null : complained.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(await said);
    }
}
