using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>What the program needs to write pledges and to find them again.</summary>
public static class LedgerSetup
{
    /// <summary>Adds the ledger with the store of the configured database, receipts and verification.</summary>
    /// <param name="builder">After AddStorage, whose schema upgrade must have run when the ledger starts.</param>
    public static void AddLedger(this WebApplicationBuilder builder)
    {
        if (DatabaseSettings.Postgres(builder.Configuration) is null)
            builder.Services.AddSingleton<LedgerStore, SqliteLedgerStore>();
        else
        {
            builder.Services.AddSingleton<LedgerStore, PostgresLedgerStore>();
            builder.Services.AddRemoteChangePoller(NodeMessageTopic.Ledger,
                services => _ => services.GetRequiredService<PledgeLedger>().ProbeAsync());
        }
        builder.Services.AddSingleton(services => services.GetRequiredService<LedgerStore>().Sequences);
        builder.Services.AddSingleton<LedgerMetrics>();
        builder.Services.AddSingleton<PledgeLedger>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PledgeLedger>());
        builder.Services.AddSingleton<ErasureCleanup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ErasureCleanup>());
        builder.Services.AddSingleton<Receipts>();
        builder.Services.AddSingleton<Verification>();
    }
}
