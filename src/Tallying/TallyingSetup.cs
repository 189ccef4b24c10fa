using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>What the program needs to count.</summary>
public static class TallyingSetup
{
    /// <summary>Adds the board of counts, which follows the ledger, and its recount.</summary>
    /// <param name="builder">In any order with AddLedger.</param>
    public static void AddTallying(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TallyRows>();
        builder.Services.AddSingleton<IWarmUp>(services => services.GetRequiredService<TallyRows>());
        builder.Services.AddSingleton<TallyBoard>();
        builder.Services.AddSingleton<ILedgerSubscriber>(services => services.GetRequiredService<TallyBoard>());
        builder.Services.AddSingleton<TallyRecount>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TallyRecount>());
    }
}
