using System.Diagnostics;
using System.Net;
using Npgsql;

namespace SafetyCampaign.Tests.Storage;

/// <summary>A node whose account on the PostgreSQL server may do little: few connections, or nothing but read.</summary>
public sealed class AnotherOwnerTests : IAsyncLifetime
{
    private readonly string account = $"node_{Guid.NewGuid():N}";
    private PostgresDatabase database = null!;
    private CampaignApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        var own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = account, MaxPoolSize = 100 };
        await ExecuteAsync($"CREATE ROLE {account} LOGIN CONNECTION LIMIT 8; ALTER DATABASE {own.Database} OWNER TO {account}");
        app = new CampaignApp { Settings = new(database.Settings) { ["Database:ConnectionString"] = own.ToString() } };
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        if (database is null)
            return;
        await ExecuteAsync($"REASSIGN OWNED BY {account} TO CURRENT_USER; DROP OWNED BY {account}");
        await database.DisposeAsync();
        await using var source = NpgsqlDataSource.Create(Servers.Postgres);
        await using var drop = source.CreateCommand($"DROP ROLE {account}");
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [Fact]
    public async Task More_families_at_their_receipts_than_the_server_has_connections_all_get_them()
    {
        var e = await app.SeedEventAsync();
        var receipt = await app.CreateClient().SignedAsync(e);
        using var phone = app.CreateClient();
        await phone.GetAsync($"{receipt}/data", Cancellation); // compiled, as on a node that has run for a while

        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => phone.GetAsync(i % 2 == 0 ? receipt : $"{receipt}/data", Cancellation)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_node_that_may_only_read_is_not_ready_until_it_may_write()
    {
        using var supervisor = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync("/healthz/ready", Cancellation)).StatusCode);
        await ExecuteAsync($"REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM {account}");

        var refused = await UntilAsync(supervisor, HttpStatusCode.ServiceUnavailable);

        Assert.Contains("\"ledger\":\"not ready\"", refused);
        Assert.Contains("\"database\":\"ok\"", refused);
        await ExecuteAsync($"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {account}");
        Assert.Contains("\"ledger\":\"ok\"", await UntilAsync(supervisor, HttpStatusCode.OK));
    }

    /// <summary>The report once it has that status; the last one may be a second old.</summary>
    private static async Task<string> UntilAsync(HttpClient supervisor, HttpStatusCode status)
    {
        for (var asked = Stopwatch.StartNew(); asked.Elapsed < TimeSpan.FromSeconds(20);)
        {
            var answer = await supervisor.GetAsync("/healthz/ready", Cancellation);
            if (answer.StatusCode == status)
                return await answer.Content.ReadAsStringAsync(Cancellation);
        }
        throw new TimeoutException($"The node did not become {status}.");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
