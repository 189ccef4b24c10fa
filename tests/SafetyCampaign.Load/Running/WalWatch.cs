namespace SafetyCampaign.Load.Running;

/// <summary>Looks again and again how large the write-ahead log is, and keeps the largest.</summary>
internal sealed class WalWatch : IAsyncDisposable
{
    /// <summary>What it must stay under while phones sign, in bytes.</summary>
    public const long Most = 64 << 20;

    private readonly CancellationTokenSource over = new();
    private readonly FileInfo file;
    private readonly Task watching;

    public WalWatch(RunningProgram program)
    {
        file = new FileInfo(program.Database + "-wal");
        watching = WatchAsync();
    }

    public long Largest { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching;
        over.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!over.IsCancellationRequested)
        {
            file.Refresh();
            Largest = Math.Max(Largest, file.Exists ? file.Length : 0);
            await Task.Delay(20, over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
