using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>Deletes the rows of sessions that have ended by themselves.</summary>
internal sealed partial class SessionCleanup(OrganizerSessions sessions, TimeProvider time, ILogger<SessionCleanup> log)
    : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => sessions.CleanUpAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogCleanupFailed(failure.Message, Interval);

    [LoggerMessage(1814, LogLevel.Warning, "Ended sessions could not be deleted ({Reason}); the next try is in {Interval}")]
    private partial void LogCleanupFailed(string reason, TimeSpan interval);
}
