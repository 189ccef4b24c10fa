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
        builder.Services.AddScoped<CurrentAccessScope>();
        if (DatabaseSettings.Postgres(builder.Configuration) is { } server)
            AddPostgres(builder.Services, server);
        else
            AddSqlite(builder.Services, folder);
        // Not before the upgrade: the keys may lie in one of its tables.
        builder.Services.AddDataProtection().SetApplicationName("SafetyCampaign");
        builder.Services.AddSingleton<NodeMessageBus>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeMessageBus>());
        builder.Services.AddSingleton<PublishedEvents>();
        builder.Services.AddSingleton<FilmStore>();
        builder.Services.AddSingleton<FilmCleanup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FilmCleanup>());
        builder.Services.AddSingleton<PublishedStages>();
    }

    /// <summary>Polling for a cache of a database that other nodes write to.</summary>
    public static void AddRemoteChangePoller(this IServiceCollection services, NodeMessageTopic topic, Func<IServiceProvider, Func<CancellationToken, Task>> loadRemoteChanges) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<RemoteChangePoller>(provider, topic, loadRemoteChanges(provider)));

    private static void AddSqlite(IServiceCollection services, DataFolder folder)
    {
        services.AddDbContext<CampaignDb, SqliteCampaignDb>(
            options => SqliteCampaignDb.Configure(options, folder.ConnectionString), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DbContextOptions<SqliteCampaignDb>>();
            return new CampaignDbFactory(accessScope => new SqliteCampaignDb(options, accessScope));
        });
        services.AddHostedService<RunningLock>();
        AddUpgrade(services);
        services.AddSingleton<Backup>();
        services.AddSingleton<Restore>();
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, log) => keys.XmlRepository = new DurableXmlRepository(folder.Keys, log));
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
            return new CampaignDbFactory(accessScope => new PostgresCampaignDb(options, accessScope));
        });
        AddUpgrade(services);
        services.AddRemoteChangePoller(NodeMessageTopic.Events, provider => provider.GetRequiredService<PublishedEvents>().LoadRemoteChangesAsync);
        services.AddRemoteChangePoller(NodeMessageTopic.Stages, provider => provider.GetRequiredService<PublishedStages>().LoadRemoteChangesAsync);
        // Every node must be able to read the cookies and forms of the others.
        services.AddOptions<KeyManagementOptions>().Configure<CampaignDbFactory>((keys, dbFactory) => keys.XmlRepository = new DataProtectionKeyRepository(dbFactory));
    }

    private static void AddUpgrade(IServiceCollection services)
    {
        services.AddSingleton<SchemaUpgrade>();
        services.AddHostedService(provider => provider.GetRequiredService<SchemaUpgrade>());
    }
}
