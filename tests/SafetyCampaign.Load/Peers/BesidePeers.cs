using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Peers;

/// <summary>
/// What others would build it with, in the same run, with the same requests, connections and sync. PocketBase alone is quoted: it was
/// measured once, with 200 connections, on a machine where the bare endpoint reached 70,000 a second.
/// </summary>
internal static class BesidePeers
{
    private const int Phones = 200, Ours = 0, Careful = 1, Typical = 2;
    private const double BareThen = 70_000, PocketBaseThen = 1_260;

    private static readonly (int Load, string Name, double Times)[] Peers =
    [
        (Careful, "Node, carefully batched (fastify, better-sqlite3)", 1.5),
        (Typical, "Node as usual (fastify, better-sqlite3, socket.io)", 10),
    ];

    /// <param name="ofBare">Ours, as a share of the bare endpoint.</param>
    public static async Task RunAsync(Report report, RunningProgram program, SeededEvent e, double ofBare, int rounds, TimeSpan length,
        List<LoadResult> kept)
    {
        report.Progress.Now("installing the peers");
        if (await NodePeer.WhyNotAsync() is { } why)
        {
            foreach (var (_, name, times) in Peers)
                report.Skip($"Beside {name}", Threshold.AtLeast(times, "times", "0.#").ToString(), why);
        }
        else
        {
            await using var careful = await NodePeer.StartAsync("careful");
            await using var typical = await NodePeer.StartAsync("typical");
            foreach (var peer in new[] { careful, typical })
                await peer.Load(Phones).RunAsync(2 * length); // compiled by then
            report.Progress.Now($"{Phones} phones: ours and the peers in turns");
            var taken = await InterleavedRuns.TakeAsync(rounds, () => PledgeLoad.Of(program, e, Phones).RunAsync(length),
                () => careful.Load(Phones).RunAsync(length), () => typical.Load(Phones).RunAsync(length));
            kept.AddRange(taken.Of(Ours));
            foreach (var (load, name, times) in Peers)
                report.Measured($"Beside {name}", Threshold.AtLeast(times, "times", "0.#"), taken.Ratio(Ours, load),
                    $"{taken.PerSecond(Ours):N0} against {taken.PerSecond(load):N0} a second{Said(taken.Trouble(load))}");
        }
        report.Measured("Beside PocketBase (not durable for each signature)", Threshold.AtLeast(30, "times", "0.#"),
            ofBare * BareThen / PocketBaseThen, $"quoted: {PocketBaseThen:N0} where bare was {BareThen:N0}");
    }

    private static string Said(string trouble) => trouble == "" ? "" : $"; {trouble}";
}
