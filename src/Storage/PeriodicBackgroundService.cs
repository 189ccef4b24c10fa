namespace SafetyCampaign.Storage;

/// <summary>
/// A background service that works at a fixed interval; a failure is logged when it begins and when it changes, not at each
/// run that meets it, and the next run comes after the same interval.
/// </summary>
/// <param name="interval">Before the first round, and between two.</param>
public abstract class PeriodicBackgroundService(TimeSpan interval, TimeProvider time) : BackgroundService
{
    private string? failing;

    protected TimeProvider Time => time;

    protected abstract Task ExecuteIterationAsync(CancellationToken stoppingToken);

    protected abstract void LogFailure(Exception failure);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ExecuteIterationAsync(stoppingToken);
            failing = null;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            var now = $"{failure.GetType().Name}: {failure.Message}";
            if (now != failing)
                LogFailure(failure);
            failing = now;
        }
    }
}
