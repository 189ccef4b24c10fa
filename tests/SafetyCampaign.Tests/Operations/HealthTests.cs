using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly CampaignApp app;

    public HealthTests() => app = new() { Clock = clock };

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_program_that_takes_pledges_is_ready()
    {
        var (status, health) = await AskAsync("/healthz/ready");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"status":"ok","parts":{"database":"ok","ledger":"ok","disk":"ok","clock":"ok"}}""", health.ToJsonString());
    }

    [Fact]
    public async Task An_older_schema_is_not_ready_but_alive()
    {
        await using (var db = app.OpenStore())
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory", TestContext.Current.CancellationToken);

        Assert.Equal(["database"], await NotReadyAsync());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/healthz/live")).Status);
    }

    [Fact]
    public async Task A_newer_node_that_has_upgraded_the_schema_does_not_make_the_others_unready()
    {
        await using (var db = app.OpenStore())
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0.0'); "
                    + "ALTER TABLE pledges ADD COLUMN New TEXT", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/healthz/ready")).Status);

        await using (var db = app.OpenStore())
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE events RENAME COLUMN Place TO Venue", TestContext.Current.CancellationToken);
        clock.Advance(Readiness.MaxAge);
        Assert.Equal(["database"], await NotReadyAsync());
    }

    [Fact]
    public async Task A_store_that_takes_no_row_is_not_ready_though_it_can_be_read()
    {
        await using (var db = app.OpenStore())
            await db.Database.ExecuteSqlRawAsync(
                "INSERT OR REPLACE INTO heartbeats VALUES (1, 0); "
                    + "CREATE TRIGGER full BEFORE UPDATE ON heartbeats BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END",
                TestContext.Current.CancellationToken);

        Assert.Equal(["ledger"], await NotReadyAsync());
    }

    [Fact]
    public async Task A_writer_that_has_stopped_is_not_ready()
    {
        await app.Get<PledgeLedger>().StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["ledger"], await NotReadyAsync());
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_named_and_logged_once()
    {
        var log = new CapturedLog();
        await using var failing = new CampaignApp
        {
            Parts = log.Install,
            Clock = clock,
            Settings = { ["Logging:LogLevel:Microsoft"] = "Warning" },
        };
        await failing.InitializeAsync();
        var file = Path.Combine(failing.DataDirectory, "campaign.db");
        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");
        Directory.CreateDirectory(file);

        for (var i = 0; i < 3; i++)
        {
            var (status, health) = await AskAsync("/healthz/ready", failing);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Equal("not ready", (string?)health["parts"]!["database"]);
            clock.Advance(Readiness.MaxAge);
        }
        Directory.Delete(file);
        File.Move(file + ".away", file);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/healthz/ready", failing)).Status);

        Assert.Single(log.Lines, line => line.Contains("Part database is not ready"));
        Assert.Single(log.Lines, line => line.Contains("Part database is ready again"));
        Assert.DoesNotContain(log.Lines, line => line.Contains("Part ") && line.Contains("   at "));
        Assert.DoesNotContain(log.Lines, line => line.Contains("Health check"));
    }

    [Fact]
    public async Task However_often_it_is_asked_the_checks_run_once_a_second()
    {
        var probes = 0;
        using var folder = new FileSystemWatcher(app.DataDirectory, "*.probe") { EnableRaisingEvents = true };
        folder.Created += (_, _) => Interlocked.Increment(ref probes);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => AskAsync("/healthz/ready")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await app.Get<PledgeLedger>().StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/healthz/ready")).Status); // the last report
        clock.Advance(Readiness.MaxAge);

        Assert.Equal(["ledger"], await NotReadyAsync());
        Assert.InRange(Volatile.Read(ref probes), 0, 2);
    }

    [Fact]
    public async Task Without_Redis_a_node_is_ready_and_says_that_it_is_missing()
    {
        await using var alone = new CampaignApp { Settings = { ["Redis:ConnectionString"] = "127.0.0.1:1,connectTimeout=100" } };
        await alone.InitializeAsync();

        var (status, health) = await AskAsync("/healthz/ready", alone);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"status":"degraded","parts":{"database":"ok","ledger":"ok","disk":"ok","clock":"ok","redis":"degraded"}}""",
            health.ToJsonString());
    }

    [Fact]
    public async Task With_PostgreSQL_and_Redis_there_a_node_is_ready()
    {
        _ = Servers.Postgres; // else skipped, before anything is set up
        await using var node = new CampaignApp { Postgres = true, Settings = { ["Redis:ConnectionString"] = Servers.Redis } };
        await node.InitializeAsync();

        Assert.True(await UntilAsync(node, "ok"), "Redis is there.");
    }

    /// <summary>The program does not wait for Redis at its start.</summary>
    private static async Task<bool> UntilAsync(CampaignApp node, string wanted)
    {
        for (var i = 0; i < 200; i++)
        {
            if ((string?)(await AskAsync("/healthz/ready", node)).Health["status"] == wanted)
                return true;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        return false;
    }

    private async Task<IEnumerable<string>> NotReadyAsync()
    {
        var (status, health) = await AskAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        return health["parts"]!.AsObject().Where(part => (string?)part.Value != "ok").Select(part => part.Key);
    }

    private Task<(HttpStatusCode Status, JsonObject Health)> AskAsync(string address) => AskAsync(address, app);

    private static async Task<(HttpStatusCode Status, JsonObject Health)> AskAsync(string address, CampaignApp app)
    {
        var answer = await app.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.JsonAsync());
    }
}
