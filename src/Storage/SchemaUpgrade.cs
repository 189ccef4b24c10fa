using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Brings the database to this program's schema, before anything else starts, or says why it cannot.</summary>
public sealed class SchemaUpgrade(CampaignDbs dbs, DataFolder folder, ILogger<SchemaUpgrade> log) : IHostedService
{
    /// <summary>How long one process waits for another's upgrade. A supervisor starts it again; that is better than hanging behind a frozen one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task StartAsync(CancellationToken cancellation) => RunAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = dbs.Open();
        _ = db.Model; // takes longest to make; not while the others wait
        // Held before the database is first touched: on an empty folder even its creation is for one process alone.
        using var alone = await FileLock.TakeAsync(folder.UpgradeLock, Patience, cancellation) ?? throw new InvalidOperationException(
            $"Another process has been upgrading the database for more than {Patience.TotalSeconds:0} s. Start this one again when that is done.");
        await db.AssertEngineAsync(cancellation);
        if (await IsNewerAsync(db, cancellation))
            throw new InvalidOperationException(
                "The database was written by a newer version of this program. Start that version, or put back the backup from before the upgrade.");
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        if (pending.Count == 0)
            return;
        log.LogInformation("Upgrading the database: {Migrations}", string.Join(", ", pending));
        await db.UpgradeAsync(cancellation);
    }

    /// <summary>Whether the database can be reached and has exactly this program's schema.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        await using var db = dbs.Open();
        return !(await db.Database.GetPendingMigrationsAsync(cancellation)).Any() && !await IsNewerAsync(db, cancellation);
    }

    private static async Task<bool> IsNewerAsync(CampaignDb db, CancellationToken cancellation) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellation)).Except(db.Database.GetMigrations()).Any();
}
