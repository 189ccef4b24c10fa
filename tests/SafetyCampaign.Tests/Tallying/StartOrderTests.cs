using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Tallying;

/// <summary>The counts stand when the program has started, in whatever order its parts are registered and started.</summary>
public sealed class StartOrderTests : IAsyncLifetime
{
    private readonly CampaignApp app;
    private bool backwards;

    public StartOrderTests() => app = new CampaignApp
    {
        Parts = services =>
        {
            if (!backwards)
                return;
            Reverse<IHostedService>(services);
            Reverse<ILedgerSubscriber>(services);
        },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Started_backwards_the_program_counts_the_same_and_goes_on_counting()
    {
        var e = await app.SeedEventAsync();
        await SignAsync(e);
        await SignAsync(e);
        await app.Get<PledgeLedger>().WithdrawAsync(1);
        var before = await TallyAsync(e);

        backwards = true;
        await app.RestartAsync();

        Assert.Equal(before.ToJsonString(), (await TallyAsync(e)).ToJsonString());
        await SignAsync(e);
        Assert.Equal(4, (await TallyAsync(e))["people"]!.GetValue<int>());
    }

    private static void Reverse<T>(IServiceCollection services)
    {
        var all = services.Where(service => service.ServiceType == typeof(T)).Reverse().ToList();
        Assert.True(all.Count > 1, $"There is no order among the services of {typeof(T).Name}.");
        foreach (var service in all)
            services.Remove(service);
        foreach (var service in all)
            services.Add(service);
    }

    private async Task SignAsync(SeededEvent e)
    {
        using var phone = app.CreateClient();
        Assert.True((await phone.SignAsync(e.Code, Signing.Family(e))).IsSuccessStatusCode);
    }

    private async Task<JsonObject> TallyAsync(SeededEvent e)
    {
        using var phone = app.CreateClient();
        var tally = await (await phone.GetAsync($"/api/events/{e.Code}/tally", Cancellation)).JsonAsync();
        tally.Remove("at");
        return tally;
    }
}
