using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Brings the database to this program's schema, before anything else starts, or says why it cannot.</summary>
public sealed partial class SchemaUpgrade(CampaignDbFactory dbFactory, DataFolder folder, ILogger<SchemaUpgrade> log) : IHostedService
{
    /// <summary>
    /// How long one process waits for another's upgrade. Then it fails, and a supervisor starts it again, instead of
    /// waiting without end for a frozen process.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        _ = db.Model; // built before the lock is taken: it takes longest, and others wait for the lock
        // Held before the database is first touched: on an empty folder only one process may create it.
        using var alone = await FileLock.TakeAsync(folder.UpgradeLock, Patience, cancellationToken) ?? throw new InvalidOperationException(
            $"Another process has been upgrading the database for more than {Patience.TotalSeconds:0} s. Start this one again when that "
                + "is done.");
        await db.AssertEngineAsync(cancellationToken);
        if (await IsNewerAsync(db, cancellationToken))
            throw new InvalidOperationException(
                "The database was written by a newer version of this program. Start that version, or put back the backup from before the "
                    + "upgrade.");
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
            return;
        LogUpgrading(string.Join(", ", pending));
        await db.UpgradeAsync(cancellationToken);
    }

    /// <summary>Whether the database can be reached and has exactly this program's schema.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any() && !await IsNewerAsync(db, cancellationToken);
    }

    private static async Task<bool> IsNewerAsync(CampaignDb db, CancellationToken cancellationToken) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).Any();

    [LoggerMessage(1001, LogLevel.Information, "Upgrading the database: {Migrations}")]
    private partial void LogUpgrading(string migrations);
}
