namespace SafetyCampaign.Ledger;

public static class LedgerSetup
{
    public static void AddLedger(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LedgerStore, SqliteLedgerStore>();
        builder.Services.AddSingleton<LedgerMetrics>();
        builder.Services.AddSingleton<PledgeLedger>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PledgeLedger>());
        builder.Services.AddSingleton<Receipts>();
    }
}
