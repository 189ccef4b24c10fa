namespace SafetyCampaign.Tallying;

public static class TallyingSetup
{
    /// <summary>Call before AddLedger: the board listens before the ledger opens.</summary>
    public static void AddTallying(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TallyRows>();
        builder.Services.AddSingleton<TallyBoard>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TallyBoard>());
        builder.Services.AddSingleton<TallyRecount>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TallyRecount>());
    }
}
