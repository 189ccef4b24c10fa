using SafetyCampaign.Load.Reporting;

namespace SafetyCampaign.Load.Speed;

/// <summary>
/// What others would build it with. Their figures are quoted: measured once, before this program was written, with 200
/// connections and the same sync, on a machine where the bare endpoint reached 70,000 a second. The bare endpoint of
/// this run is what makes the two comparable.
/// </summary>
internal static class BesideOthers
{
    private const double BareThen = 70_000;

    private static readonly (string Name, double PerSecond, double Times)[] Others =
    [
        ("Node, carefully batched (fastify, better-sqlite3)", 28_000, 1.5),
        ("Node as usual (fastify, better-sqlite3, socket.io)", 3_900, 10),
        ("PocketBase (not durable for each signature)", 1_260, 30),
    ];

    /// <param name="ofBare">Ours, as a share of the bare endpoint.</param>
    public static void Tell(Report report, double ofBare)
    {
        foreach (var other in Others)
            report.Measured($"Beside {other.Name}", Threshold.AtLeast(other.Times, "times", "0.#"), ofBare * BareThen / other.PerSecond,
                $"quoted: {other.PerSecond:N0} where bare was {BareThen:N0}");
    }
}
