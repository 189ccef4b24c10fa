using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SafetyCampaign.Storage;

// The program greets on the console; that belongs to the test that started it.
[assembly: CaptureConsole]

namespace SafetyCampaign.Tests;

/// <summary>
/// The one test host: the real program on a data folder of its own, in memory or (<see cref="Kestrel"/>) on a real
/// port for hubs and browsers. Any number run side by side. Seed through the store (<see cref="Seed"/>), act through
/// <see cref="CreateClient"/>, a hub or a browser.
/// </summary>
public class CampaignApp : IAsyncLifetime
{
    // Hundreds of hosts would each watch every folder of the project for a change of its settings.
    static CampaignApp() => System.Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-");
    private PostgresDatabase? database;
    private Host? host;
    private int port;

    public string Environment { get; init; } = "Testing";

    /// <summary>Listens on a real loopback port, the same one after <see cref="RestartAsync"/>.</summary>
    public bool Kestrel { get; init; }

    /// <summary>And by https as well, at <see cref="SecureAddress"/>, with this certificate.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Where the program listens by https; the port is another one after <see cref="RestartAsync"/>.</summary>
    public Uri SecureAddress => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .First(address => address.StartsWith("https:", StringComparison.Ordinal)));

    /// <summary>The rate limits are off unless they are what is tested.</summary>
    public bool Limits { get; init; }

    /// <summary>A clock to be turned by hand; null for the real one.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Passwords are hashed as in production. Elsewhere with few rounds: tests sign in all the time.</summary>
    public bool SlowPasswordHashes { get; init; }

    /// <summary>Further configuration.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Replaces parts of the program, for faults that cannot be had otherwise.</summary>
    public Action<IServiceCollection>? Parts { get; init; }

    /// <summary>On a PostgreSQL database of its own instead of SQLite; skipped where there is no server.</summary>
    public bool Postgres { get; init; }

    /// <summary>Finds no database, as at the first start of all, and brings the schema by itself.</summary>
    public bool Unmigrated { get; init; }

    public string DataDirectory => folder.FullName;

    /// <summary>Where the program listens, without a slash at the end.</summary>
    public Uri Address => Running.ClientOptions.BaseAddress;

    public IServiceProvider Services => Running.Services;

    private Host Running => host ?? throw new InvalidOperationException("The program is not running.");

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The store, seeing everything; the caller disposes it.</summary>
    public CampaignDb OpenStore() => Get<CampaignDbFactory>().Open();

    public virtual async ValueTask InitializeAsync()
    {
        if (Postgres)
            foreach (var (key, value) in (database = await CreateDatabaseAsync()).Settings)
                Settings[key] = value;
        else if (!Unmigrated && !Settings.ContainsKey("Database:Provider"))
            await MigratedDatabase.CopyAsync(new DataFolder(DataDirectory));
        await StartAsync();
        GC.SuppressFinalize(this);
    }

    private Task<PostgresDatabase> CreateDatabaseAsync() =>
        Unmigrated ? PostgresDatabase.CreateAsync() : PostgresDatabase.CreateMigratedAsync();

    /// <summary>Starts the program, as after a power cut: same folder, same port, nothing remembered.</summary>
    public async Task StartAsync()
    {
        host = new Host(this);
        if (Kestrel)
        {
            if (Certificate is null)
                host.UseKestrel(port);
            else
                host.UseKestrel(listening =>
                {
                    listening.Listen(IPAddress.Loopback, port);
                    listening.Listen(IPAddress.Loopback, 0, secure => secure.UseHttps(Certificate));
                });
            host.StartServer();
            if (Certificate is not null)
                host.ClientOptions.BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features
                    .Get<IServerAddressesFeature>()!.Addresses.First(address => address.StartsWith("http:", StringComparison.Ordinal)));
            port = host.ClientOptions.BaseAddress.Port;
        }
        await host.Services.GetRequiredService<SchemaUpgrade>().RunAsync(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        await Running.DisposeAsync();
        host = null;
        await LetGoOfDatabaseAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A visitor with its own cookies, who does not follow redirects.</summary>
    public HttpClient CreateClient(string language = "zh-CN")
    {
        var client = Running.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Address });
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
            await StopAsync();
        await DeleteFolderAsync();
        if (database is not null)
            await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// What the pool keeps open would still be the file of before after somebody has put another in its place. A read that
    /// was under way gives its connection back a moment later; with the last of them the write-ahead log goes.
    /// </summary>
    private async Task LetGoOfDatabaseAsync()
    {
        var data = new DataFolder(DataDirectory);
        var database = data.Database;
        using var connection = new SqliteConnection(data.ConnectionString); // pools go by this text
        SqliteConnection.ClearPool(connection);
        for (var tries = 1; tries < 50 && File.Exists(database + "-wal"); tries++)
        {
            await Task.Delay(20, CancellationToken.None);
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <summary>The framework may still be writing its first key, which it does aside and for which stopping does not wait.</summary>
    private async Task DeleteFolderAsync()
    {
        for (var tries = 1; ; tries++)
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(20, CancellationToken.None);
            }
    }

    private sealed class Host(CampaignApp app) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(app.Environment);
            builder.UseStaticWebAssets(); // outside Development only a published program finds them by itself
            builder.UseSetting("DataDirectory", app.DataDirectory);
            // The built files as `dotnet run` serves them, without the framework's route for files still being edited.
            builder.UseSetting("ReloadStaticAssetsAtRuntime", "false");
            builder.UseSetting("Limits:Enabled", app.Limits ? "true" : "false");
            // A failed test says what went wrong; a log of all programs at once would bury it.
            builder.ConfigureLogging(logging => logging.ClearProviders());
            foreach (var (key, value) in app.Settings)
                builder.UseSetting(key, value);
            builder.ConfigureTestServices(services =>
            {
                if (!app.SlowPasswordHashes)
                    services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
                if (app.Clock is not null)
                    services.Replace(ServiceDescriptor.Singleton(app.Clock));
                app.Parts?.Invoke(services);
            });
        }
    }
}
