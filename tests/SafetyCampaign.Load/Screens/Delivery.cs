using System.Diagnostics;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Screens;

/// <summary>From the press on the phone to each screen that shows the signature counted.</summary>
internal sealed class Delivery
{
    // Enough for the slowest in a hundred to be many; looking every signature up on every screen would take minutes.
    private const int MaxSampled = 500;

    private Delivery()
    {
    }

    public Latencies Took { get; } = new();

    /// <summary>For each sampled signature: seen after so many times the time that its answer took; of the first screen.</summary>
    public List<double> BesideAnswer { get; } = [];

    /// <summary>Signatures that a screen never showed.</summary>
    public int Missed { get; private set; }

    /// <summary>How often a screen showed fewer people than before.</summary>
    public int Backwards { get; private set; }

    /// <summary>
    /// Of a load that began and ended while these screens were live. Nobody withdrew, so number N is shown once N people
    /// are.
    /// </summary>
    public static Delivery Of(IReadOnlyList<Screen> screens, IReadOnlyList<Acknowledged> signed)
    {
        var delivery = new Delivery();
        var every = Math.Max(1, signed.Count / MaxSampled);
        foreach (var screen in screens)
        {
            delivery.Backwards += screen.Shown.Zip(screen.Shown.Skip(1)).Count(pair => pair.Second.People < pair.First.People);
            for (var i = 0; i < signed.Count; i += every)
                delivery.Add(signed[i], screen, screen == screens[0]);
        }
        return delivery;
    }

    private void Add(Acknowledged signed, Screen screen, bool isFirst)
    {
        if (SeenAt(screen.Shown, signed.Answer.Number) is not { } at)
        {
            Missed++;
            return;
        }
        var seen = Stopwatch.GetElapsedTime(signed.SentAt, at);
        Took.Add(seen);
        if (isFirst)
            BesideAnswer.Add(seen / Stopwatch.GetElapsedTime(signed.SentAt, signed.AnsweredAt));
    }

    private static long? SeenAt(List<Shown> shown, int number)
    {
        var (low, high) = (0, shown.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = shown[middle].People >= number ? (low, middle) : (middle + 1, high);
        }
        return low < shown.Count ? shown[low].At : null;
    }
}
