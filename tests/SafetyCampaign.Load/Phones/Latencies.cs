using System.Diagnostics;
using System.Numerics;

namespace SafetyCampaign.Load.Phones;

/// <summary>
/// How long things took, counted in steps that grow with the time: 64 to each doubling, so a percentile is right to
/// within 2 %. Not for several threads at once.
/// </summary>
internal sealed class Latencies
{
    private const int StepsPerDoubling = 64;
    private readonly long[] counts = new long[40 * StepsPerDoubling];

    public long Count { get; private set; }

    public void Add(TimeSpan took)
    {
        counts[StepOf(took.Ticks)]++;
        Count++;
    }

    public void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp));

    public void Add(Latencies others)
    {
        for (var step = 0; step < counts.Length; step++)
            counts[step] += others.counts[step];
        Count += others.Count;
    }

    /// <param name="share">0.5 for the median, 0.99 for what all but one in a hundred stay under.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        for (var step = 0; step < counts.Length; step++)
            if ((rank -= counts[step]) <= 0)
                return TimeSpan.FromTicks(UpperEndOf(step));
        return TimeSpan.Zero;
    }

    // Below 64 ticks a step is a tick; above, the six bits after the highest one choose among the steps of a doubling.
    private static int StepOf(long ticks)
    {
        if (ticks < StepsPerDoubling)
            return (int)Math.Max(0, ticks);
        var doubling = BitOperations.Log2((ulong)ticks) - 6;
        return (doubling + 1) * StepsPerDoubling + (int)(ticks >> doubling) - StepsPerDoubling;
    }

    private static long UpperEndOf(int step)
    {
        if (step < StepsPerDoubling)
            return step;
        var doubling = step / StepsPerDoubling - 1;
        return ((long)(step % StepsPerDoubling + StepsPerDoubling + 1) << doubling) - 1;
    }
}
