using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

public static class LedgerSetup
{
    public static void AddLedger(this WebApplicationBuilder builder)
    {
        if (DatabaseSettings.Postgres(builder.Configuration) is null)
            builder.Services.AddSingleton<LedgerStore, SqliteLedgerStore>();
        else
        {
            builder.Services.AddSingleton<LedgerStore, PostgresLedgerStore>();
            builder.Services.AddRemoteChangePoller(NodeMessageTopic.Ledger, services => _ => services.GetRequiredService<PledgeLedger>().ProbeAsync());
        }
        builder.Services.AddSingleton<LedgerMetrics>();
        builder.Services.AddSingleton<PledgeLedger>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PledgeLedger>());
        builder.Services.AddSingleton<Receipts>();
        builder.Services.AddSingleton<Verification>();
    }
}
