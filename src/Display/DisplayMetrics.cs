using System.Diagnostics.Metrics;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>How many screens there are and what telling them costs.</summary>
public sealed class DisplayMetrics(IMeterFactory meters)
{
    private readonly UpDownCounter<int> screens = meters.Campaign().CreateUpDownCounter<int>(
        "safety_campaign.display.screens", "{screen}", "Screens connected to this node");

    private readonly Histogram<double> broadcastDuration = meters.Campaign().CreateHistogram<double>(
        "safety_campaign.display.broadcast.duration", "s", "Handing the newest counts to all screens");

    private int connected;

    /// <summary>How many screens are connected now.</summary>
    public int Screens => Volatile.Read(ref connected);

    public void Connected()
    {
        Interlocked.Increment(ref connected);
        screens.Add(1);
    }

    public void Disconnected()
    {
        Interlocked.Decrement(ref connected);
        screens.Add(-1);
    }

    public void Broadcast(TimeSpan took) => broadcastDuration.Record(took.TotalSeconds);
}
