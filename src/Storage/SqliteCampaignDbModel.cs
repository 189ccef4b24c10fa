using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage.CompiledModels.Sqlite;

/// <summary>What the generated code calls once its model is put together.</summary>
public partial class SqliteCampaignDbModel
{
    partial void Customize()
    {
        using var db = new SqliteCampaignDb(new DbContextOptions<SqliteCampaignDb>(), new CurrentAccessScope());
        CompiledAccessFilters.AddTo(this, db);
    }
}
