using System.Diagnostics.Metrics;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>
/// Counts the rows every ten minutes and compares: the counts in memory follow the commits and should never differ.
/// Where they do, it logs and repairs them. It takes no lock that signing waits for.
/// </summary>
/// <param name="board">The counts in memory.</param>
/// <param name="rows">The counts of the rows.</param>
/// <param name="ledger">Gives a repair a sequence number in the ledger.</param>
/// <param name="time">Tells when the next recount is due.</param>
/// <param name="meters">Makes the program's meter.</param>
/// <param name="log">One line for each event that was wrong.</param>
public sealed partial class TallyRecount(
    TallyBoard board, TallyRows rows, PledgeLedger ledger, TimeProvider time, IMeterFactory meters, ILogger<TallyRecount> log)
    : PeriodicBackgroundService(Interval, time)
{
    /// <summary>Between two recounts.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Counter<long> drifts = meters.Campaign().CreateCounter<long>(
        "safety_campaign.tally.drifts", "{event}", "Events whose counts a recount of the rows found wrong and set right");

    /// <summary>Counts now.</summary>
    /// <param name="cancellationToken">Ends the counting; what was set right stays so.</param>
    /// <returns>How many events' counts were wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var copy = board.Copy();
        var wrong = 0;
        foreach (var (eventId, missing) in await rows.CountUpToAsync(copy.Last, copy.Tallies.Keys, cancellationToken))
        {
            if (copy.Tallies.TryGetValue(eventId, out var counted))
                missing.Add(counted, -1);
            if (missing.IsEmpty || !board.Repair(eventId, missing, copy))
                continue;
            wrong++;
            drifts.Add(1);
            LogCountsRepaired(eventId, -missing.Counted.People, -missing.Counted.Families, -missing.Rehearsal.People);
            await ledger.NoteRecountAsync(eventId, -missing.Counted.People);
        }
        return wrong;
    }

    /// <inheritdoc/>
    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => LogRecountFailed(failure.Message, Interval);

    [LoggerMessage(1401, LogLevel.Error,
        "The counts of event {EventId} were off by {People} people, {Families} families, {Practising} practising; they are set right")]
    private partial void LogCountsRepaired(int eventId, int people, int families, int practising);

    [LoggerMessage(1402, LogLevel.Warning, "The pledges could not be recounted ({Reason}); the next recount is in {Interval}")]
    private partial void LogRecountFailed(string reason, TimeSpan interval);
}
