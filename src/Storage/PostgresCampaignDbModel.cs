using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage.CompiledModels.Postgres;

/// <summary>What the generated code calls once its model is put together.</summary>
public partial class PostgresCampaignDbModel
{
    partial void Customize()
    {
        using var db = new PostgresCampaignDb(new DbContextOptions<PostgresCampaignDb>(), new CurrentAccessScope());
        CompiledAccessFilters.AddTo(this, db);
    }
}
