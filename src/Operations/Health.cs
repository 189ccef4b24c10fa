using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>
/// For whoever watches the program: <c>/healthz/live</c> (it runs) and <c>/healthz/ready</c> (it can take pledges; if
/// not, which part is not). Says nothing that would help a stranger.
/// </summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddAsyncCheck<SchemaUpgrade>("database", (schema, cancellation) => schema.IsCurrentAsync(cancellation))
        .AddAsyncCheck<PledgeLedger>("ledger", async (ledger, cancellation) =>
        {
            await ledger.ProbeAsync().WaitAsync(cancellation);
            return true;
        })
        .AddAsyncCheck<DataFolder>("disk", async (folder, cancellation) =>
        {
            var probe = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.probe");
            await using var file = new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            await file.WriteAsync(new byte[4096], cancellation);
            file.Flush(flushToDisk: true);
            return true;
        });

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>A part is ready when its check says so in time and throws nothing; what it throws goes to the log.</summary>
    private static IHealthChecksBuilder AddAsyncCheck<T>(this IHealthChecksBuilder checks, string part, Func<T, CancellationToken, Task<bool>> isReady)
        where T : notnull =>
        checks.Add(new HealthCheckRegistration(part, services => new Check(cancellation => isReady(services.GetRequiredService<T>(), cancellation)),
            HealthStatus.Unhealthy, tags: null, timeout: Patience));

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status == HealthStatus.Healthy ? "ok" : "not ready",
        parts = report.Entries.ToDictionary(part => part.Key, part => part.Value.Status == HealthStatus.Healthy ? "ok" : "not ready"),
    });

    private sealed class Check(Func<CancellationToken, Task<bool>> isReady) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellation) =>
            await isReady(cancellation) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
