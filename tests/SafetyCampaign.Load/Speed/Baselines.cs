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

    private Baselines(Process process, IPEndPoint server) => (this.process, this.server) = (process, server);

    public static async Task<Baselines> StartAsync()
    {
        var server = new IPEndPoint(IPAddress.Loopback, RunningProgram.FreePort());
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["host", "--port", $"{server.Port}"]) { RedirectStandardInput = true };
        Sockets.LeaveAsUsual(start.Environment);
        start.Environment["DOTNET_gcServer"] = "1"; // as the program has it
        var baselines = new Baselines(Process.Start(start)!, server);
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
    }
}
