using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>What all migrations together leave, of which only the newest still carries the model that it leads to.</summary>
public sealed class MigrationsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>
    /// EF needs the model of a migration where SQLite cannot alter a table and it is built anew; one without a model would leave that out
    /// and say nothing.
    /// </summary>
    [Fact]
    public async Task The_migrations_leave_the_tables_that_the_model_describes()
    {
        var migrated = await TablesAsync("migrated.db", (db, cancellation) => db.Database.MigrateAsync(cancellation));
        var described = await TablesAsync("described.db", (db, cancellation) => db.Database.EnsureCreatedAsync(cancellation));

        Assert.True(described.Count > 300);
        Assert.Equal(described, migrated);
    }

    /// <summary>The model in full, for each migration and each database, is half of all code to compile.</summary>
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public void Only_the_newest_migration_carries_the_model_that_it_leads_to(string provider)
    {
        var migrations = Source.Files(".Designer.cs").Where(file => file.Path.Contains($"Migrations/{provider}/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal).ToList();

        Assert.True(migrations.Count >= 30);
        Assert.Equal([migrations[^1].Path], migrations.Where(file => file.Text.Contains("BuildTargetModel")).Select(file => file.Path));
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
