namespace SafetyCampaign.Storage;

/// <summary>Deletes the oldest lines of the audit log once they have been kept long enough. Several nodes may do it at once.</summary>
internal sealed partial class AuditRetention(AuditLog audit, ClockCheck clock, TimeProvider time, ILogger<AuditRetention> log)
    : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) =>
        clock.IsTrusted ? audit.PruneAsync(stoppingToken) : Task.CompletedTask;

    protected override void LogFailure(Exception failure) => LogAuditNotPruned(failure.GetType().Name, failure.Message, Interval);

    [LoggerMessage(1041, LogLevel.Warning,
        "The oldest lines of the audit log could not be deleted ({Kind}: {Reason}); the next try is in {Interval}")]
    private partial void LogAuditNotPruned(string kind, string reason, TimeSpan interval);
}
