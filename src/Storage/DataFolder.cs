using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Storage;

/// <summary>The one folder that holds what must be kept: the database, the keys, the films.</summary>
public sealed class DataFolder
{
    public DataFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        // Under `dotnet run` the program lies in bin/, which is thrown away; the project folder is not.
        var beside = environment.IsDevelopment() ? environment.ContentRootPath : AppContext.BaseDirectory;
        Path = System.IO.Path.GetFullPath(configuration["DataDirectory"] is { Length: > 0 } set ? set : "data", beside);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            // It holds names and keys, so only the program's own account may read it (mode 0700).
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "campaign.db");

    /// <summary>Held while the program runs.</summary>
    public string RunningLock => System.IO.Path.Combine(Path, "running.lock");

    /// <summary>Held by the process that upgrades the schema.</summary>
    public string UpgradeLock => System.IO.Path.Combine(Path, "upgrade.lock");

    public string KeysPath => System.IO.Path.Combine(Path, "keys");

    public DirectoryInfo Keys => Directory.CreateDirectory(KeysPath);

    /// <remarks>
    /// What is locked by somebody else is waited for as long as SQLite waits itself (<c>busy_timeout</c>); the driver would
    /// begin again for 30 s.
    /// </remarks>
    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Database, ForeignKeys = true, DefaultTimeout = SqliteCampaignDb.SecondsToLock,
    }.ToString();
}
