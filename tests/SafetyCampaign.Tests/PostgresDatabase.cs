using Npgsql;

namespace SafetyCampaign.Tests;

/// <summary>A PostgreSQL database of a test's own, gone afterwards.</summary>
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

    /// <summary>An empty one, as before the first start.</summary>
    public static Task<PostgresDatabase> CreateAsync() => CreateAsync("");

    /// <summary>One that has the program's schema.</summary>
    public static async Task<PostgresDatabase> CreateMigratedAsync() =>
        await CreateAsync($"TEMPLATE {await MigratedDatabase.PostgresTemplateAsync()}");

    private static async Task<PostgresDatabase> CreateAsync(string from)
    {
        var database = new PostgresDatabase();
        await ExecuteAsync($"CREATE DATABASE {database.name} {from}");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>On the server's own database, by a connection that is not kept.</summary>
    public static async Task ExecuteAsync(string sql)
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
