namespace SafetyCampaign.Storage;

/// <summary>Work that the program does again and again while it runs; a round that fails is told, and the next one comes all the same.</summary>
/// <param name="interval">Before the first round, and between two.</param>
public abstract class Rounds(TimeSpan interval, TimeProvider time) : BackgroundService
{
    protected TimeProvider Time => time;

    protected abstract Task RoundAsync(CancellationToken stopping);

    protected abstract void Tell(Exception failure);

    protected sealed override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await TryAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await RoundAsync(stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Tell(failure);
        }
    }
}
