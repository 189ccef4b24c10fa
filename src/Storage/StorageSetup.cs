using Microsoft.AspNetCore.DataProtection;

namespace SafetyCampaign.Storage;

public static class StorageSetup
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        // Asked for another database, starting on this one would split the records in two.
        if (builder.Configuration["Database:Provider"] is { Length: > 0 } provider && !provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"Database:Provider is \"{provider}\"; this version knows Sqlite.");
        var folder = new DataFolder(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<ReachHolder>();
        builder.Services.AddDbContext<CampaignDb, SqliteCampaignDb>(
            options => SqliteCampaignDb.Configure(options, folder.ConnectionString), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        builder.Services.AddSingleton<CampaignDbs>();
        builder.Services.AddHostedService<RunningLock>();
        builder.Services.AddSingleton<Backup>();
        builder.Services.AddSingleton<Restore>();
        builder.Services.AddSingleton<SchemaUpgrade>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SchemaUpgrade>());
        builder.Services.AddSingleton<PublishedEvents>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(folder.Keys).SetApplicationName("SafetyCampaign");
    }
}
