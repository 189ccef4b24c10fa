using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SafetyCampaign.Storage;

public static class StorageSetup
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var folder = new DataFolder(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<ReachHolder>();
        if (DatabaseSettings.Postgres(builder.Configuration) is { } server)
            AddPostgres(builder.Services, server);
        else
            AddSqlite(builder.Services, folder);
        // Not before the upgrade: the keys may lie in one of its tables.
        builder.Services.AddDataProtection().SetApplicationName("SafetyCampaign");
        builder.Services.AddSingleton<NodeNews>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeNews>());
        builder.Services.AddSingleton<PublishedEvents>();
        builder.Services.AddSingleton<FilmShelf>();
        builder.Services.AddSingleton<FilmRounds>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FilmRounds>());
        builder.Services.AddSingleton<PublishedStages>();
    }

    /// <summary>For what a node remembers of a database that other nodes write to.</summary>
    public static void AddCatchUp(this IServiceCollection services, NodeTopic topic, Func<IServiceProvider, Func<CancellationToken, Task>> catchUp) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<CatchUp>(provider, topic, catchUp(provider)));

    private static void AddSqlite(IServiceCollection services, DataFolder folder)
    {
        services.AddDbContext<CampaignDb, SqliteCampaignDb>(
            options => SqliteCampaignDb.Configure(options, folder.ConnectionString), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DbContextOptions<SqliteCampaignDb>>();
            return new CampaignDbs(reach => new SqliteCampaignDb(options, reach));
        });
        services.AddHostedService<RunningLock>();
        AddUpgrade(services);
        services.AddSingleton<Backup>();
        services.AddSingleton<Restore>();
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, log) => keys.XmlRepository = new KeyFiles(folder.Keys, log));
    }

    private static void AddPostgres(IServiceCollection services, NpgsqlConnectionStringBuilder server)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(server));
        services.AddDbContext<CampaignDb, PostgresCampaignDb>(
            (provider, options) => PostgresCampaignDb.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()),
            ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DbContextOptions<PostgresCampaignDb>>();
            return new CampaignDbs(reach => new PostgresCampaignDb(options, reach));
        });
        AddUpgrade(services);
        services.AddCatchUp(NodeTopic.Events, provider => provider.GetRequiredService<PublishedEvents>().CatchUpAsync);
        services.AddCatchUp(NodeTopic.Stages, provider => provider.GetRequiredService<PublishedStages>().CatchUpAsync);
        // Every node must open what another has sealed.
        services.AddOptions<KeyManagementOptions>().Configure<CampaignDbs>((keys, dbs) => keys.XmlRepository = new SealingKeys(dbs));
    }

    private static void AddUpgrade(IServiceCollection services)
    {
        services.AddSingleton<SchemaUpgrade>();
        services.AddHostedService(provider => provider.GetRequiredService<SchemaUpgrade>());
    }
}
