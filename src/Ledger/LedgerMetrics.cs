using System.Diagnostics;
using System.Diagnostics.Metrics;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Figures of the writer. They cost no memory per pledge, and nothing while no listener is attached.</summary>
public sealed class LedgerMetrics(IMeterFactory meters)
{
    private readonly Histogram<int> groupSize = meters.Campaign().CreateHistogram<int>(
        "safety_campaign.ledger.group.size", "{entry}", "Entries written in one transaction");

    private readonly Histogram<double> commitDuration = meters.Campaign().CreateHistogram<double>(
        "safety_campaign.ledger.commit.duration", "s", "Writing a group and syncing it to disk");

    private readonly Counter<long> failures = meters.Campaign().CreateCounter<long>(
        "safety_campaign.ledger.failures", "{group}", "Groups that did not reach the disk");

    public void WatchQueue(Func<int> length) => meters.Campaign().CreateObservableUpDownCounter(
        "safety_campaign.ledger.queue.length", length, "{entry}", "Entries that wait for the writer");

    public void Committed(int entries, long started)
    {
        groupSize.Record(entries);
        commitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public void Failed() => failures.Add(1);
}
