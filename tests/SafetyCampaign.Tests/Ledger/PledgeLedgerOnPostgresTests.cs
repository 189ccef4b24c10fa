using Npgsql;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

public sealed class PledgeLedgerOnPostgresTests() : PledgeLedgerTests(postgres: true)
{
    private NpgsqlDataSource Source => App.Get<NpgsqlDataSource>();

    [Fact]
    public async Task The_store_syncs_what_it_commits_whatever_the_database_was_told()
    {
        await ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        Source.Clear();
        await using var connection = await Source.OpenConnectionAsync(Cancellation);
        await using var show = new NpgsqlCommand("SHOW synchronous_commit", connection);
        Assert.Equal("off", await show.ExecuteScalarAsync(Cancellation));

        PostgresDurabilityCheck.Apply(connection);

        Assert.Equal("on", await show.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task When_the_server_drops_every_connection_the_same_key_works_at_once()
    {
        using var phone = App.CreateClient();
        var e = await App.SeedEventAsync();
        var request = Signing.Family(e);
        await using (var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Pooling = false }))
        await using (var drop = server.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"))
        {
            drop.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Source.CreateConnection().Database });
            await drop.ExecuteNonQueryAsync(Cancellation);
        }
        // Refused, unless the ledger has looked after its connection in between.
        await phone.SignAsync(e.Code, request);

        var stored = await phone.SignAsync(e.Code, request);

        Assert.True(stored.IsSuccessStatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        var receipt = (string?)(await stored.JsonAsync())["receipt"];
        Assert.Equal(200, (int)(await phone.GetAsync($"/r/{receipt}", Cancellation)).StatusCode);
    }

    protected override Task BreakAsync(string table) => ExecuteAsync(
        $"""
        CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END';
        CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW {(table == "pledges" ? "WHEN (NEW.\"Position\" = 1)" : "")} EXECUTE FUNCTION broken()
        """);

    protected override Task MendAsync(string table) => ExecuteAsync($"DROP TRIGGER broken ON {table}");

    protected override async Task<IAsyncDisposable> HoldStoreAsync()
    {
        var connection = await Source.OpenConnectionAsync(Cancellation);
        await using var hold = new NpgsqlCommand($"BEGIN; SELECT pg_advisory_xact_lock({PostgresCampaignDb.LedgerLock})", connection);
        await hold.ExecuteNonQueryAsync(Cancellation);
        return connection; // closing rolls back
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
