using System.Diagnostics;
using System.Net;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Speed;

/// <summary>The runner's own host (verb <c>host</c>), as a process beside the program.</summary>
internal sealed class Baselines : IAsyncDisposable
{
    private readonly Process process;
    private readonly IPEndPoint server;

    private Baselines(Process process, IPEndPoint server, string folder) => (this.process, this.server, Folder) = (process, server, folder);

    public IPEndPoint Server => server;

    public int Id => process.Id;

    /// <summary>What lies in it is served as files.</summary>
    public string Folder { get; }

    public static async Task<Baselines> StartAsync()
    {
        var server = new IPEndPoint(IPAddress.Loopback, RunningProgram.FreePort());
        var folder = Directory.CreateTempSubdirectory("safety-campaign-files-").FullName;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["host", "--port", $"{server.Port}", "--files", folder])
        {
            RedirectStandardInput = true,
        };
        Sockets.LeaveAsUsual(start.Environment);
        start.Environment["DOTNET_gcServer"] = "1"; // as the program has it
        var baselines = new Baselines(Process.Start(start)!, server, folder);
        await RunningProgram.ReadyAsync(new Uri($"http://{server}"), baselines.process, () => "");
        return baselines;
    }

    /// <param name="which"><c>bare</c> or <c>context</c>.</param>
    public PledgeLoad Load(string which, int phones) => new(server)
    {
        Phones = phones,
        Patience = TimeSpan.FromSeconds(1), // those that a context per request has not served by then would take half a minute more
        Message = _ => SignMessage.Guardian($"/{which}/pledges", 1),
    };

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
