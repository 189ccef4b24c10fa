using SafetyCampaign.Display.Names;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>Takes names off the stage whose pledges were withdrawn, erased or invalidated since: within a second, whoever did it.</summary>
internal sealed partial class NameRefreshService(NameGate gate, PublishedEvents events, StageConductor conductor, TimeProvider time, ILogger<NameRefreshService> log)
    : PeriodicBackgroundService(TimeSpan.FromSeconds(1), time)
{
    protected override async Task ExecuteIterationAsync(CancellationToken stoppingToken)
    {
        foreach (var eventId in gate.OnStage)
            if (await events.FindAsync(eventId, stoppingToken) is { } e && await gate.HasLeftAsync(e, stoppingToken))
                await conductor.NamesChangedAsync(eventId);
    }

    protected override void LogFailure(Exception failure) => LogNamesNotChecked(failure.Message);

    [LoggerMessage(1703, LogLevel.Warning, "The names on the stages could not be looked at ({Reason}); trying again")]
    private partial void LogNamesNotChecked(string reason);
}
