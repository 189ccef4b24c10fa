using Npgsql;

namespace SafetyCampaign.Load.Faults.Nodes;

/// <summary>PostgreSQL with its own defaults: it waits for the disk.</summary>
internal sealed class PostgresServer : OwnServer
{
    private const string Account = "campaign";

    /// <summary>Told to let what is under way go and stop in order.</summary>
    public const int Fast = Signals.Interrupt;

    /// <summary>Stops at once and repairs itself at the next start, as after a crash.</summary>
    public const int Immediate = Signals.Quit;

    protected override IReadOnlyList<string> Command =>
    [
        Path.Combine(Programs()!, "postgres"), "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c",
        $"unix_socket_directories={Folder}",
    ];

    private string Data => Path.Combine(Folder, "data");

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static string? Programs() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>What a node is told to find a database of this server.</summary>
    public Dictionary<string, string> Settings(string database) => new()
    {
        ["Database:Provider"] = "Postgres",
        ["Database:ConnectionString"] = ConnectionString(database),
    };

    public static async Task<PostgresServer> CreateAsync()
    {
        var server = new PostgresServer();
        if (!await OwnAsync(server.Folder) || !await server.RunAsync(Path.Combine(Programs()!, "initdb"), "-D", server.Data, "-U", Account,
            "-A", "trust", "--data-checksums", "--no-sync"))
            throw new InvalidOperationException("initdb failed.");
        await server.StartAsync();
        return server;
    }

    public async Task CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={Account};Database={database};Maximum Pool Size=20";
}
