using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>What all migrations together leave.</summary>
public sealed class MigrationsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_migrations_leave_the_tables_that_the_model_describes()
    {
        var migrated = await TablesAsync("migrated.db", (db, cancellationToken) => db.Database.MigrateAsync(cancellationToken));
        var described = await TablesAsync("described.db", (db, cancellationToken) => db.Database.EnsureCreatedAsync(cancellationToken));

        Assert.True(described.Count > 300);
        Assert.Equal(described, migrated);
    }

    /// <summary>Columns with type and constraints, keys, references and indexes, a line each.</summary>
    private async Task<List<string>> TablesAsync(string name, Func<CampaignDb, CancellationToken, Task> create)
    {
        var path = Path.Combine(folder.FullName, name);
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await using (var db = new SqliteCampaignDb(options.Options, new CurrentAccessScope { Current = AccessScope.Everything }))
            await create(db, Cancellation);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT t.name || ' column ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
              FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'
            UNION ALL SELECT t.name || ' refers by ' || f."from" || ' to ' || f."table" || ' ' || f.on_delete
              FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
            UNION ALL SELECT t.name || ' index ' || i.name || ' ' || i."unique" || ' ' || i.partial
                || ' ' || (SELECT group_concat(x.name) FROM pragma_index_info(i.name) x)
              FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table'
            ORDER BY 1
            """;
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        while (await rows.ReadAsync(Cancellation))
            lines.Add(rows.GetString(0));
        return [.. lines.Where(line => !line.StartsWith("__EFMigrations", StringComparison.Ordinal))];
    }
}
