using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Storage;

/// <summary>The one folder that holds what must be kept: the database, the keys, the films.</summary>
public sealed class DataFolder
{
    /// <summary>In the folder that keeps what a restore has replaced: the films that were there, a name a line.</summary>
    internal const string FilmsOfReplaced = "films.txt";

    private const string BeforeRestore = "before-restore-";

    private static readonly string[] MayBeThereFirst = ["backups", "erasures.log", "keys", "lost+found", "uploads"];

    /// <summary>The configured folder. It is made where it is missing, and closed to other accounts.</summary>
    /// <exception cref="InvalidOperationException">Others may read it, and this account cannot change that.</exception>
    public DataFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        // Under `dotnet run` the program lies in bin/, which is thrown away; the project folder is not.
        var beside = environment.IsDevelopment() ? environment.ContentRootPath : AppContext.BaseDirectory;
        Path = System.IO.Path.GetFullPath(configuration["DataDirectory"] is { Length: > 0 } set ? set : "data", beside);
        FileModes.RestrictNewFiles();
        DurableFiles.CreateFolder(Path);
        if (FileModes.IsOpen(Path) && !HoldsOurs())
            throw new InvalidOperationException(
                $"The data folder {Path} is open to other accounts and holds things that are not SafetyCampaign's. Choose a folder for it "
                    + "alone: --DataDirectory=PATH");
        FileModes.Restrict(Path);
    }

    /// <summary>A folder of the same form that is being put together, see Backups/Restore.</summary>
    internal DataFolder(string path) => Path = path;

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "campaign.db");

    /// <summary>Held while the program runs.</summary>
    public string RunningLock => System.IO.Path.Combine(Path, "running.lock");

    /// <summary>Held by the process that upgrades the schema.</summary>
    public string UpgradeLock => System.IO.Path.Combine(Path, "upgrade.lock");

    public string KeysPath => System.IO.Path.Combine(Path, "keys");

    public DirectoryInfo Keys => Directory.CreateDirectory(KeysPath);

    public string FilmsPath => System.IO.Path.Combine(Path, "uploads", "films");

    /// <summary>Files of forms that are being read; see Operations/Uploads/FormFiles.</summary>
    public string FormFilesPath => System.IO.Path.Combine(Path, "uploads", "forms");

    /// <summary>What was withdrawn, erased or corrected, without names; see Backups/ErasureList.</summary>
    public string ErasureList => System.IO.Path.Combine(Path, "erasures.log");

    /// <remarks>
    /// What is locked by somebody else is waited for as long as SQLite waits itself (<c>busy_timeout</c>); the driver would
    /// begin again for 30 s.
    /// </remarks>
    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Database,
        ForeignKeys = true,
        DefaultTimeout = SqliteCampaignDb.BusyTimeoutSeconds,
    }.ToString();

    /// <summary>A database that has passed every check and is about to take the place of <see cref="Database"/>.</summary>
    internal string CheckedDatabase => Database + ".restoring";

    /// <summary>What a restore checks before it replaces anything.</summary>
    internal string RestoringPath => System.IO.Path.Combine(Path, "restoring");

    /// <summary>Deletes what a restore that ended before it replaced anything has left, since it holds names.</summary>
    internal void DeleteUnfinishedRestore()
    {
        File.Delete(CheckedDatabase);
        if (Directory.Exists(RestoringPath))
            Directory.Delete(RestoringPath, recursive: true);
    }

    /// <summary>Whether a restore ended between taking the old database away and putting the new one there.</summary>
    internal bool RestoreWasInterrupted => !File.Exists(Database) && File.Exists(CheckedDatabase);

    /// <summary>The films that were there when data was replaced that is still kept.</summary>
    internal IEnumerable<string> FilmsBeforeRestores() => BeforeRestores()
        .Select(kept => System.IO.Path.Combine(kept.Path, FilmsOfReplaced)).Where(File.Exists).SelectMany(File.ReadLines);

    /// <summary>The folder that keeps what a restore at this moment replaces.</summary>
    internal string BeforeRestoreAt(DateTimeOffset moment) => System.IO.Path.Combine(Path, BeforeRestore + FileTime.Write(moment));

    /// <summary>The folders that keep what restores have replaced, the oldest first, with the moment of each.</summary>
    internal IEnumerable<(string Path, DateTimeOffset ReplacedAt)> BeforeRestores() =>
        from path in Directory.EnumerateDirectories(Path, BeforeRestore + "*").Order(StringComparer.Ordinal)
        let moment = FileTime.Read(System.IO.Path.GetFileName(path)[BeforeRestore.Length..])
        where moment is not null
        select (path, moment.Value);

    /// <summary>
    /// Whether it is a data folder, or has nothing in it that is not of one: somebody may have named /srv or /tmp, which must not
    /// be closed.
    /// </summary>
    private bool HoldsOurs() => File.Exists(Database) || File.Exists(UpgradeLock)
        || Directory.EnumerateFileSystemEntries(Path).All(entry => MayBeThereFirst.Contains(System.IO.Path.GetFileName(entry)));
}
