using System.Collections.Concurrent;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyCampaign.Backups;
using SafetyCampaign.Ledger;
using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>
/// For monitoring: <c>/healthz/live</c> (it runs) and <c>/healthz/ready</c> (it can take pledges; if
/// not, which part is not). The answer holds no details, since it is public; the reason is logged once for each change.
/// </summary>
internal static partial class Health
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HealthLog>();
        builder.Services.AddSingleton<Readiness>();
        var checks = builder.Services.AddHealthChecks()
            .AddAsyncCheck<SchemaUpgrade>("database", (schema, cancellationToken) => schema.CanServeAsync(cancellationToken))
            .AddAsyncCheck<PledgeLedger>("ledger", async (ledger, cancellationToken) =>
            {
                await ledger.WriteHeartbeatAsync().WaitAsync(cancellationToken);
                return true;
            })
            .AddAsyncCheck<DataFolder>("disk", async (folder, cancellationToken) =>
            {
                var probe = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.probe");
                await using var file = new FileStream(probe,
                    new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
                await file.WriteAsync(new byte[4096], cancellationToken);
                file.Flush(flushToDisk: true);
                return true;
            });
        checks.AddAsyncCheck<ClockCheck>("clock", (clock, _) => Task.FromResult(clock.IsTrusted), HealthStatus.Degraded);
        // Without Redis a node takes pledges all the same, and hears of the others a little later.
        if (builder.Configuration[NodeMessageBus.Setting] is { Length: > 0 })
            checks.AddAsyncCheck<NodeMessageBus>("redis", (messageBus, _) => Task.FromResult(messageBus.IsConnected),
                HealthStatus.Degraded);
        // A node without its nightly backup takes pledges all the same.
        if (BackupScheduleSettings.IsConfigured(builder.Configuration))
            checks.AddAsyncCheck<BackupSchedule>("backup", (schedule, _) => Task.FromResult(schedule.FailedAt is null),
                HealthStatus.Degraded);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous();
        app.MapGet("/healthz/ready", async (HttpContext context, Readiness readiness) =>
        {
            var report = await readiness.AskAsync().WaitAsync(context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store, no-cache";
            if (report.Status == HealthStatus.Unhealthy)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await WriteAsync(context, report);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>A part is ready when its check says so in time and throws nothing.</summary>
    private static IHealthChecksBuilder AddAsyncCheck<T>(this IHealthChecksBuilder checks, string part,
        Func<T, CancellationToken, Task<bool>> isReady, HealthStatus otherwise = HealthStatus.Unhealthy) where T : notnull =>
        checks.Add(new HealthCheckRegistration(part,
            services => new Check(cancellationToken => isReady(services.GetRequiredService<T>(), cancellationToken)),
            otherwise, tags: null, timeout: CheckTimeout));

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.RequestServices.GetRequiredService<HealthLog>().Note(report);
        return context.Response.WriteAsJsonAsync(new
        {
            status = Word(report.Status),
            parts = report.Entries.ToDictionary(part => part.Key, part => Word(part.Value.Status)),
        });
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        _ => "not ready",
    };

    private sealed class Check(Func<CancellationToken, Task<bool>> isReady) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            await isReady(cancellationToken) ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus);
    }

    /// <summary>A supervisor asks every few seconds; the log is to say what changed.</summary>
    private sealed partial class HealthLog(ILogger<HealthLog> log)
    {
        private readonly ConcurrentDictionary<string, HealthStatus> known = new();

        public void Note(HealthReport report)
        {
            foreach (var (part, entry) in report.Entries)
            {
                var before = known.GetValueOrDefault(part, HealthStatus.Healthy);
                if (before == entry.Status || !(known.TryAdd(part, entry.Status) || known.TryUpdate(part, entry.Status, before)))
                    continue;
                if (entry.Status == HealthStatus.Healthy)
                    LogPartReady(part);
                else if (entry.Status == HealthStatus.Degraded)
                    LogPartDegraded(part, Reason(entry));
                else
                    LogPartNotReady(part, Reason(entry));
            }
        }

        private static string Reason(HealthReportEntry entry) => entry.Exception?.Message ?? "its check says no";

        [LoggerMessage(2302, LogLevel.Warning, "Part {Part} is ready again")]
        private partial void LogPartReady(string part);

        [LoggerMessage(2303, LogLevel.Warning, "Part {Part} is degraded: {Reason}")]
        private partial void LogPartDegraded(string part, string reason);

        [LoggerMessage(2304, LogLevel.Error, "Part {Part} is not ready: {Reason}")]
        private partial void LogPartNotReady(string part, string reason);
    }
}
