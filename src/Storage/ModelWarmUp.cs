using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// Loads EF's model, which is compiled ahead, and what EF makes of it for tables. There is one for all contexts of a kind.
/// </summary>
internal sealed class ModelWarmUp(CampaignDbFactory dbFactory) : IWarmUp
{
    /// <inheritdoc/>
    public void WarmUp()
    {
        using (var db = dbFactory.Open())
            _ = db.Model.GetRelationalModel();
        // For services that are asked for a second time their container writes code.
        using (var db = dbFactory.Open())
            _ = db.Database.GetDbConnection();
    }
}
