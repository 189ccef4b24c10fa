using System.Diagnostics.Metrics;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>
/// Counts the rows every ten minutes and compares: the counts in memory follow the commits and should never differ.
/// Where they do, it logs and repairs them. It takes no lock that signing waits for.
/// </summary>
public sealed class TallyRecount(
    TallyBoard board, TallyRows rows, PledgeLedger ledger, TimeProvider time, IMeterFactory meters, ILogger<TallyRecount> log) : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Counter<long> drifts = meters.Campaign().CreateCounter<long>(
        "safety_campaign.tally.drifts", "{event}", "Events whose counts a recount of the rows found wrong and set right");

    /// <summary>Counts now.</summary>
    /// <returns>How many events' counts were wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var copy = board.Copy();
        var wrong = 0;
        foreach (var (eventId, missing) in await rows.CountUpToAsync(copy.Last, copy.Tallies.Keys, cancellationToken))
        {
            if (copy.Tallies.TryGetValue(eventId, out var counted))
                missing.Add(counted, -1);
            if (missing.IsNothing || !board.Repair(eventId, missing, copy))
                continue;
            wrong++;
            drifts.Add(1);
            log.LogError("The counts of event {Event} were off by {People} people, {Families} families, {Practising} practising; they are set right",
                eventId, -missing.Counted.People, -missing.Counted.Families, -missing.Rehearsal.People);
            await ledger.NoteRecountAsync(eventId, -missing.Counted.People);
        }
        return wrong;
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) =>
        log.LogWarning("The pledges could not be recounted ({Reason}); the next recount is in {Interval}", failure.Message, Interval);
}
