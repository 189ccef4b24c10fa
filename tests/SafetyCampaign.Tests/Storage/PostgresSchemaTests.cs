using Npgsql;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Storage;

/// <summary>Nodes that start together on one empty database, and nobody waits for the dead.</summary>
public sealed class PostgresSchemaTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");
    private PostgresDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await PostgresDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Of_many_that_start_at_once_some_killed_the_others_find_the_schema_right()
    {
        var killed = Enumerable.Range(0, 2).Select(i => Node($"killed-{i}").Start(Migrate)).ToList();
        var others = Enumerable.Range(0, 3).Select(i => Node($"other-{i}").RunAsync(Migrate)).ToList();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connected = source.CreateCommand("SELECT count(*) > 1 FROM pg_stat_activity WHERE datname = current_database()");
        foreach (var node in killed)
        {
            while (!node.HasExited && !(bool)(await connected.ExecuteScalarAsync(Cancellation))!)
                await Task.Yield();
            node.Kill(entireProcessTree: true);
            node.Dispose();
        }

        Assert.All(await Task.WhenAll(others), ended => Assert.Equal((0, ""), (ended.Exit, ended.Error)));
        await using var app = new CampaignApp { Settings = database.Settings };
        await app.InitializeAsync();
        Assert.True(await app.Get<SchemaUpgrade>().CanServeAsync(Cancellation));
    }

    [Fact]
    public async Task A_node_that_upgrades_for_ever_makes_the_others_say_so_and_stop()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var frozen = await source.OpenConnectionAsync(Cancellation);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresCampaignDb.UpgradeLock})", frozen);
        await take.ExecuteNonQueryAsync(Cancellation);

        var (exit, _, error) = await Node("waiting").RunAsync(Migrate);

        Assert.Equal(1, exit);
        ConsoleProgram.AssertOneSentence(error);
        Assert.Contains("Another node", error);
    }

    private string[] Migrate => ["migrate", .. database.Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    private ConsoleProgram Node(string name) => new(folder.CreateSubdirectory(name).FullName);
}
