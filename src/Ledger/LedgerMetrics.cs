using System.Diagnostics;
using System.Diagnostics.Metrics;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Figures of the writer. They cost no memory per pledge, and nothing while no listener is attached.</summary>
/// <param name="meters">Makes the program's meter.</param>
public sealed class LedgerMetrics(IMeterFactory meters)
{
    private readonly Histogram<int> groupSize = meters.Campaign().CreateHistogram<int>(
        "safety_campaign.ledger.group.size", "{entry}", "Entries written in one transaction");

    private readonly Histogram<double> commitDuration = meters.Campaign().CreateHistogram<double>(
        "safety_campaign.ledger.commit.duration", "s", "Writing a group and syncing it to disk");

    private readonly Counter<long> failures = meters.Campaign().CreateCounter<long>(
        "safety_campaign.ledger.failures", "{group}", "Groups that did not reach the disk");

    /// <summary>Has the length of the queue measured whenever somebody asks.</summary>
    /// <param name="length">How many entries wait; called on any thread.</param>
    public void WatchQueue(Func<int> length) => meters.Campaign().CreateObservableUpDownCounter(
        "safety_campaign.ledger.queue.length", length, "{entry}", "Entries that wait for the writer");

    /// <summary>A group is on disk.</summary>
    /// <param name="entries">How many entries it had, those that wrote nothing included.</param>
    /// <param name="started">When its writing began, as <see cref="Stopwatch.GetTimestamp"/> gives it.</param>
    public void Committed(int entries, long started)
    {
        groupSize.Record(entries);
        commitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>A group did not reach the disk, as far as this node knows.</summary>
    public void Failed() => failures.Add(1);
}
