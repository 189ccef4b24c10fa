using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Brings the database to this program's schema, before anything else starts, or says why it cannot.</summary>
public sealed partial class SchemaUpgrade(CampaignDbFactory dbFactory, DataFolder folder, ILogger<SchemaUpgrade> log) : IHostedService
{
    /// <summary>
    /// How long one process waits for another's upgrade. Then it fails, and a supervisor starts it again, instead of
    /// waiting without end for a frozen process.
    /// </summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        // Held before the database is first touched: on an empty folder only one process may create it.
        using var alone = await FileLock.TakeAsync(folder.UpgradeLock, LockTimeout, cancellationToken)
            ?? throw new InvalidOperationException(
            $"Another process has been upgrading the database for more than {LockTimeout.TotalSeconds:0} s. Start this one again when that "
                + "is done.");
        await db.AssertEngineAsync(cancellationToken);
        if (await db.HasNewestSchemaAsync(cancellationToken))
            return;
        if (await IsNewerAsync(db, cancellationToken))
            throw new InvalidOperationException(
                "The database was written by a newer version of this program. Start that version, or put back the backup from before the "
                    + "upgrade.");
        var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        LogUpgrading(string.Join(", ", pending));
        _ = db.Model; // loaded before a server's lock is taken, for which other nodes wait
        await db.UpgradeAsync(cancellationToken);
    }

    /// <summary>
    /// Whether the database can be reached and has what this program reads. A newer schema is no reason to stop serving: of a
    /// rolling upgrade the first new node brings it, and the others go on until it is their turn.
    /// </summary>
    public async Task<bool> CanServeAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await db.HasNewestSchemaAsync(cancellationToken))
            return true;
        if (await IsOlderAsync(db, cancellationToken))
            return false;
        // With every column that this program knows: a newer schema that took one away cannot be served.
        _ = await db.Events.AsNoTracking().OrderBy(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        _ = await db.Pledges.AsNoTracking().OrderBy(p => p.Sequence).FirstOrDefaultAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> IsOlderAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        try
        {
            return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        }
        catch (Exception locked) when (StoreFailure.IsLocked(locked))
        {
            return false; // another node upgrades, and holds the table of migrations meanwhile
        }
    }

    private static async Task<bool> IsNewerAsync(CampaignDb db, CancellationToken cancellationToken) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).Any();

    [LoggerMessage(1001, LogLevel.Information, "Upgrading the database: {Migrations}")]
    private partial void LogUpgrading(string migrations);
}
