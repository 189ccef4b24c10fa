using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

public sealed class PledgeLedgerOnSqliteTests() : PledgeLedgerTests(postgres: false)
{
    [Fact]
    public async Task The_store_syncs_what_it_commits()
    {
        await using var db = App.OpenStore();
        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode")
            .SingleAsync(Cancellation));
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous")
            .SingleAsync(Cancellation));

        await using var connection = new SqliteConnection(App.Get<DataFolder>().ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancellation);
        SqliteLedgerPragmas.Apply(connection);
        Assert.Equal("wal", await ScalarAsync(connection, "PRAGMA journal_mode"));
        Assert.Equal(2L, await ScalarAsync(connection, "PRAGMA synchronous"));
    }

    [Fact]
    public async Task A_store_that_cannot_keep_its_word_is_refused_at_the_start()
    {
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync(Cancellation);
        Assert.Contains("journal_mode", Assert.Throws<InvalidOperationException>(() => SqliteLedgerPragmas.Apply(memory)).Message,
            StringComparison.Ordinal);
    }

    protected override Task BreakAsync(string table) => ExecuteAsync(
        $"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} {(table == "pledges" ? "WHEN new.Position = 1" : "")} BEGIN SELECT "
            + "RAISE(FAIL, 'disk I/O error'); END");

    protected override Task MendAsync(string table) => ExecuteAsync($"DROP TRIGGER broken_{table}");

    protected override async Task<IAsyncDisposable> HoldStoreAsync()
    {
        var connection = new SqliteConnection(App.Get<DataFolder>().ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancellation);
        await ScalarAsync(connection, "BEGIN IMMEDIATE");
        return connection; // closing rolls back
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(App.Get<DataFolder>().ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancellation);
        await ScalarAsync(connection, sql);
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
