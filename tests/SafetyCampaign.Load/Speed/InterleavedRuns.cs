using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Speed;

/// <summary>
/// Loads taken in turns, several times over, in one run. A shared machine is never as fast twice, so what is compared is
/// each with its neighbour in the same round, and what counts is the median of these ratios.
/// </summary>
internal sealed class InterleavedRuns(IReadOnlyList<LoadResult[]> rounds)
{
    public static async Task<InterleavedRuns> TakeAsync(int times, params Func<Task<LoadResult>>[] loads)
    {
        var rounds = new List<LoadResult[]>();
        for (var round = 0; round < times; round++)
        {
            var results = new LoadResult[loads.Length];
            // Every other round goes backwards: neither always comes second.
            foreach (var place in round % 2 == 0 ? Enumerable.Range(0, loads.Length) : Enumerable.Range(0, loads.Length).Reverse())
                results[place] = await loads[place]();
            rounds.Add(results);
        }
        return new InterleavedRuns(rounds);
    }

    public IEnumerable<LoadResult> Of(int load) => rounds.Select(round => round[load]);

    public double PerSecond(int load) => Median(Of(load).Select(result => result.PerSecond));

    /// <summary>Answers a second of one load, as a share of another's.</summary>
    public double Ratio(int load, int beside) => Median(rounds.Select(round => round[load].PerSecond / round[beside].PerSecond));

    /// <summary>Over all rounds together.</summary>
    public TimeSpan Percentile(int load, double share)
    {
        var all = new Latencies();
        foreach (var result in Of(load))
            all.Add(result.Took);
        return all.Percentile(share);
    }

    public string Trouble(int load) => string.Join("; ", Of(load).Select(result => result.Trouble).Where(trouble => trouble != ""));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
