namespace SafetyCampaign.Storage;

/// <summary>
/// Held while the program runs on a data folder. One program at a time: a second writer of the same ledger would give
/// the same numbers twice, and a restore under a running program would take its file away.
/// </summary>
public sealed partial class RunningLock(DataFolder folder, ILogger<RunningLock> log) : IHostedService, IDisposable
{
    /// <summary>The process before may still be stopping, which takes 5 s at most (Operations/ConnectionDrain).</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(8);

    private FileLock? held;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        held = await FileLock.TakeAsync(folder.RunningLock, TimeSpan.Zero, cancellationToken);
        if (held is null)
            LogWaiting(LockTimeout);
        held ??= await FileLock.TakeAsync(folder.RunningLock, LockTimeout, cancellationToken) ?? throw new InvalidOperationException(
            $"SafetyCampaign runs already on the data folder {folder.Path}. Stop it first, or choose another folder: --DataDirectory=PATH");
        if (folder.RestoreWasInterrupted)
            throw new InvalidOperationException(
                "A restore was interrupted before its end. Run restore again with the same file, then start.");
        folder.DeleteUnfinishedRestore();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After everything has stopped.</summary>
    public void Dispose() => held?.Dispose();

    [LoggerMessage(1012, LogLevel.Information,
        "Another SafetyCampaign still holds the data folder; waiting up to {LockTimeout} for it to stop")]
    private partial void LogWaiting(TimeSpan lockTimeout);
}
