using Npgsql;

namespace SafetyCampaign.Tests;

/// <summary>A PostgreSQL database of a test's own: empty at first, gone afterwards.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string name = $"test_{Guid.NewGuid():N}";

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = name, MaxPoolSize = 20 }.ToString();

    /// <summary>What a node is told to find it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Database:Provider"] = "Postgres",
        ["Database:ConnectionString"] = ConnectionString,
    };

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var database = new PostgresDatabase();
        await ExecuteAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    private static async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

/// <summary>The test host on PostgreSQL, for the tests of one class together.</summary>
public sealed class PostgresApp : CampaignApp
{
    public PostgresApp() => Postgres = true;

    /// <summary>This, where there is a server; else the test that asks is skipped. A fixture cannot skip by itself.</summary>
    public PostgresApp Required
    {
        get
        {
            _ = Servers.Postgres;
            return this;
        }
    }

    public override ValueTask InitializeAsync() => Servers.HavePostgres ? base.InitializeAsync() : ValueTask.CompletedTask;
}
