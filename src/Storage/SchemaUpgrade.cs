using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Brings the database to this program's schema, before anything else starts, or says why it cannot.</summary>
public sealed class SchemaUpgrade(CampaignDbs dbs, ILogger<SchemaUpgrade> log) : IHostedService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public Task StartAsync(CancellationToken cancellation) => RunAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var db = dbs.Open();
        await AssertEngineAsync(db, cancellation);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        if (pending.Count == 0)
            return;

        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(Limit);
        try
        {
            log.LogInformation("Upgrading the database: {Migrations}", pending);
            await db.Database.MigrateAsync(timed.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The database was not upgraded within {Limit.TotalSeconds:0} s. If no other process is upgrading it, an upgrade was "
                + "interrupted and left its lock: delete the rows of the table __EFMigrationsLock and start again.");
        }
    }

    private static async Task AssertEngineAsync(CampaignDb db, CancellationToken cancellation)
    {
        var engine = await db.Database.SqlQueryRaw<string>("SELECT sqlite_version() AS Value").SingleAsync(cancellation);
        if (Version.Parse(engine) < SqliteCampaignDb.OldestEngine)
            throw new InvalidOperationException($"SQLite {engine} is too old: {SqliteCampaignDb.OldestEngine} or newer is needed.");
    }
}
