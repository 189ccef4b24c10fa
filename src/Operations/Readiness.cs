using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SafetyCampaign.Operations;

/// <summary>
/// The last report of the health checks, at most <see cref="MaxAge"/> old. However many ask, the checks run once a second at
/// most, and never twice at the same time: each writes to the disk, which signatures would wait for.
/// </summary>
internal class Readiness(HealthCheckService checks, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<HealthReport>? last;
    private long lastAt;

    /// <summary>The last report; a new one where that is too old, for which all who ask meanwhile wait together.</summary>
    public virtual Task<HealthReport> AskAsync()
    {
        lock (gate)
        {
            if (last is { IsCompleted: false } || (last is { IsCompletedSuccessfully: true } && time.GetElapsedTime(lastAt) < MaxAge))
                return last;
            // Nobody who asks cancels what the others wait for; each check ends by its own timeout.
            return last = Task.Run(CheckAsync);
        }
    }

    private async Task<HealthReport> CheckAsync()
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        lock (gate)
            lastAt = time.GetTimestamp();
        return report;
    }
}
