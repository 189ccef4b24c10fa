using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        var protection = builder.Services.AddDataProtection().SetApplicationName("SafetyCampaign");
        if (KeyEncryption.Read(builder.Configuration) is { } certificate)
            protection.ProtectKeysWithCertificate(certificate).Services.PostConfigure<KeyManagementOptions>(
                keys => (keys.XmlRepository as IEncryptableKeys)?.EncryptPlainKeys(keys.XmlEncryptor!));
        builder.Services.AddSingleton<IWarmUp, ModelWarmUp>();
        builder.Services.AddSingleton<StoreOutage>();
        var maxConnections = DatabaseSettings.MaxConnections(builder.Configuration);
        builder.Services.AddSingleton(services => new StoreGate(
            services.GetRequiredService<CampaignDbFactory>(), maxConnections, services.GetRequiredService<StoreOutage>()));
        builder.Services.AddSingleton<PublishedEvents>();
        builder.Services.AddScoped<VisibleEvents>();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<AvailableDiskSpace>(
            path => new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path).AvailableFreeSpace);
        builder.Services.AddSingleton<UploadRoom>();
        builder.Services.AddHostedService<OpenEventsPreload>();
        builder.Services.AddHostedService<AuditRetention>();
    }

    /// <summary>Does every <see cref="IWarmUp"/> on a thread of its own while the rest of the program is put together.</summary>
    public static void WarmUp(this WebApplication app) => _ = Task.Run(() =>
    {
        foreach (var part in app.Services.GetServices<IWarmUp>())
            part.WarmUp();
    });

    private static void AddSqlite(IServiceCollection services, DataFolder folder)
    {
        SqliteEngine.Configure();
        services.AddDbContext<CampaignDb, SqliteCampaignDb>(
            options => SqliteCampaignDb.Configure(options, folder.ConnectionString), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DbContextOptions<SqliteCampaignDb>>();
            return new CampaignDbFactory(accessScope => new SqliteCampaignDb(options, accessScope));
        });
        services.AddHostedService<RunningLock>();
        AddUpgrade(services);
        services.AddOptions<KeyManagementOptions>()
            .Configure<ILoggerFactory>((keys, log) => keys.XmlRepository = new DurableXmlRepository(folder.Keys, log));
    }

    private static void AddPostgres(IServiceCollection services, NpgsqlConnectionStringBuilder server)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(server));
        services.AddDbContext<CampaignDb, PostgresCampaignDb>(
            (provider, options) => PostgresCampaignDb.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()),
            ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        // A request is answered 503 rather than late; what works aside may take longer.
        services.Replace(ServiceDescriptor.Scoped<CampaignDb>(provider =>
        {
            var db = ActivatorUtilities.CreateInstance<PostgresCampaignDb>(provider);
            db.Database.SetCommandTimeout(StoreGate.CommandTimeout);
            return db;
        }));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DbContextOptions<PostgresCampaignDb>>();
            return new CampaignDbFactory(accessScope => new PostgresCampaignDb(options, accessScope));
        });
        AddUpgrade(services);
        // Every node must be able to read the cookies and forms of the others.
        services.AddOptions<KeyManagementOptions>()
            .Configure<CampaignDbFactory>((keys, dbFactory) => keys.XmlRepository = new DataProtectionKeyRepository(dbFactory));
    }

    private static void AddUpgrade(IServiceCollection services)
    {
        services.AddSingleton<SchemaUpgrade>();
        services.AddHostedService(provider => provider.GetRequiredService<SchemaUpgrade>());
        services.AddSingleton<ClockCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<ClockCheck>());
    }
}
