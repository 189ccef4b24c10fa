using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// Clears erased names out of the database's own files: SQLite's write-ahead log keeps every row as it was written, and
/// PostgreSQL's tables keep a row's older versions. It begins at once after an erasure, a withdrawal, a correction or a wiped
/// rehearsal, and after what was erased beside the ledger (<see cref="PledgeLedger.NoteErasure"/>); what is erased within the next seconds
/// is cleared together, since the ledger's writer waits for each time. It keeps as well that the files are to be rewritten in the night.
/// </summary>
public sealed partial class ErasureCleanup(
    PledgeLedger ledger, CampaignDbFactory dbFactory, TimeProvider time, ILogger<ErasureCleanup> log) : BackgroundService
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(2.5);

    /// <summary>A long reading, such as a backup, keeps SQLite's log until it ends.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>The promise: after this time an operator is told.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private volatile bool pending;

    /// <summary>Whether what is pending is kept as erased: <see cref="Maintenance.ErasedAt"/>.</summary>
    private volatile bool isKept;

    /// <summary>One try.</summary>
    /// <returns>False where a reader still needs what is to be cleared, or the store is away.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        // The most of the work first, beside the ledger's writer, which then waits for little.
        await db.PurgeErasedAsync(cancellationToken);
        return await ledger.TruncateLogAsync();
    }

    /// <summary>Clears what was erased in the last seconds as well, before the ledger stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ledger.Erasures.TryRead(out _))
            (pending, isKept) = (true, false);
        if (!pending)
            return;
        try
        {
            await TryAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogNotClearedBeforeStop();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in ledger.Erasures.ReadAllAsync(stoppingToken))
            {
                (pending, isKept) = (true, false);
                await ClearAsync(stoppingToken);
                pending = false;
                await Task.Delay(MinInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ClearAsync(CancellationToken stoppingToken)
    {
        var (started, told) = (time.GetTimestamp(), false);
        while (await TryAsync(stoppingToken) is { } reason)
        {
            if (!told && time.GetElapsedTime(started) >= Promised)
            {
                told = true;
                LogNotCleared(reason);
            }
            await Task.Delay(RetryAfter, time, stoppingToken);
        }
        if (told)
            LogCleared(time.GetElapsedTime(started));
    }

    /// <returns>Why it was not done; null where it was.</returns>
    private async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!isKept)
                await KeepAsync(cancellationToken);
            return await RunAsync(cancellationToken) ? null : "somebody reads an earlier state of it";
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return failure.Message;
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var now = (DateTimeOffset?)time.GetUtcNow();
        await db.Maintenance.ExecuteUpdateAsync(row => row.SetProperty(m => m.ErasedAt, now), cancellationToken);
        isKept = true;
    }

    [LoggerMessage(1304, LogLevel.Warning,
        "Erased names still stand in the database's log or free pages ({Reason}); trying again until they are cleared")]
    private partial void LogNotCleared(string reason);

    [LoggerMessage(1306, LogLevel.Warning,
        "Erased names may still stand in the database's log or free pages: the program had to stop before they were cleared")]
    private partial void LogNotClearedBeforeStop();

    [LoggerMessage(1305, LogLevel.Information, "Erased names are cleared out of the database's files, after {Elapsed}")]
    private partial void LogCleared(TimeSpan elapsed);
}
