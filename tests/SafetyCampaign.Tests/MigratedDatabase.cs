using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafetyCampaign.Storage;

[assembly: AssemblyFixture(typeof(SafetyCampaign.Tests.MigratedDatabase))]

namespace SafetyCampaign.Tests;

/// <summary>
/// The database that the migrations leave, made once in a run and copied for each test host: the migrations are most of what a
/// host's start costs (0.2 s of processor time on SQLite, 0.5 s on PostgreSQL). Tests of the migrations themselves start without.
/// </summary>
public sealed class MigratedDatabase : IAsyncDisposable
{
    private static readonly string PostgresName = $"test_migrated_{Guid.NewGuid():N}";
    private static readonly Lazy<Task<byte[]>> Sqlite = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MigratePostgresAsync);

    /// <summary>Puts the file where a host will look for it, unless there is one already.</summary>
    public static async Task CopyAsync(DataFolder folder)
    {
        if (File.Exists(folder.Database))
            return;
        // Readable by its owner alone, as the program makes it.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(folder.Database, options);
        await file.WriteAsync(await Sqlite.Value);
    }

    /// <summary>The name of the database to copy (<c>CREATE DATABASE … TEMPLATE</c>); nobody is connected to it.</summary>
    public static Task<string> PostgresTemplateAsync() => Postgres.Value;

    public async ValueTask DisposeAsync()
    {
        if (Postgres is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) // without a server there is none to drop
            await PostgresDatabase.ExecuteAsync($"DROP DATABASE IF EXISTS {PostgresName} WITH (FORCE)");
    }

    private static async Task<byte[]> MigrateSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("safety-campaign-migrated-");
        var path = Path.Combine(folder.FullName, "migrated.db");
        try
        {
            var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
            SqliteCampaignDb.Configure(options, new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            await using (var db = new SqliteCampaignDb(options.Options, Everything))
                await db.UpgradeAsync(CancellationToken.None);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> MigratePostgresAsync()
    {
        await PostgresDatabase.ExecuteAsync($"CREATE DATABASE {PostgresName}");
        var options = new DbContextOptionsBuilder<PostgresCampaignDb>();
        PostgresCampaignDb.Configure(options,
            new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = PostgresName, Pooling = false }.ToString());
        await using var db = new PostgresCampaignDb(options.Options, Everything);
        await db.UpgradeAsync(CancellationToken.None);
        return PostgresName;
    }

    private static CurrentAccessScope Everything => new() { Current = AccessScope.Everything };
}
