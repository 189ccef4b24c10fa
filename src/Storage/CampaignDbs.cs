using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Opens the store outside a request, for work of the program itself.</summary>
public sealed class CampaignDbs(DbContextOptions<SqliteCampaignDb> options)
{
    /// <summary>A context of the caller's own, to dispose; sees everything unless told otherwise.</summary>
    public CampaignDb Open(Reach? reach = null) =>
        new SqliteCampaignDb(options, new ReachHolder { Current = reach ?? Reach.Everything });
}
