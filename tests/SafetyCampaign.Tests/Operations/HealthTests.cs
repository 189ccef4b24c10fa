using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Operations;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly CampaignApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_program_that_takes_pledges_is_ready()
    {
        var (status, health) = await AskAsync("/healthz/ready");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"status":"ok","parts":{"database":"ok","ledger":"ok","disk":"ok"}}""", health.ToJsonString());
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
    public async Task A_writer_that_has_stopped_is_not_ready()
    {
        await app.Get<PledgeLedger>().StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["ledger"], await NotReadyAsync());
    }

    private async Task<IEnumerable<string>> NotReadyAsync()
    {
        var (status, health) = await AskAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        return health["parts"]!.AsObject().Where(part => (string?)part.Value != "ok").Select(part => part.Key);
    }

    private async Task<(HttpStatusCode Status, JsonObject Health)> AskAsync(string address)
    {
        var answer = await app.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.JsonAsync());
    }
}
