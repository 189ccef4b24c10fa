using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;
using SQLitePCL;

namespace SafetyCampaign.Backups;

/// <summary>Copies the database as it stands at one moment, while the program goes on writing. See <see cref="BackupFile"/>.</summary>
public sealed class Backup(DataFolder folder, CampaignDbFactory dbFactory, IConfiguration configuration, TimeProvider time)
{
    // Pages copied between two checks for cancellation: more are faster, fewer stop sooner.
    private const int PagesAtOnce = 2_000;

    /// <summary>The current step, to be shown while it runs.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>Writes a new file, encrypted where a password is configured; where that fails, none.</summary>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="InvalidOperationException">Says why there is no backup.</exception>
    public BackupManifest Write(string path, CancellationToken cancellationToken)
    {
        var password = BackupPassword.Read(configuration);
        if (!File.Exists(folder.Database))
            throw new InvalidOperationException($"There is no database in {folder.Path}. Say where it is: --DataDirectory=PATH");
        if (Path.Exists(path))
            throw new InvalidOperationException($"{path} exists already, and a backup overwrites nothing. Choose another name.");
        var partial = path + ".partial";
        if (Path.Exists(partial))
            throw new InvalidOperationException(
                $"{partial} is there: another backup is being written, or one was interrupted. If none is, delete it.");
        // Where the backup is encrypted the copy must not lie beside it: that disk may be anywhere.
        var copy = password is null ? path + ".copy" : Path.Combine(folder.Path, $"{Guid.NewGuid():N}{CopyEnding}");
        Create(path, partial, copy);
        try
        {
            var moment = time.GetUtcNow();
            Copy(copy, cancellationToken);
            var manifest = Check(copy, moment, cancellationToken) with
            {
                Length = new FileInfo(copy).Length,
                Encryption = password is null ? null : BackupPassword.NewEncryption(),
            };
            Doing = "writing the file";
            using (var content = File.OpenRead(copy))
                BackupFile.Write(partial, content, manifest, password, cancellationToken);
            DurableFiles.Flush(partial);
            BackupDatabase.Delete(copy);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushFolder(Path.GetDirectoryName(path)!);
            return manifest;
        }
        catch (Exception failure)
        {
            BackupDatabase.Delete(copy);
            File.Delete(partial);
            throw failure switch
            {
                _ when cancellationToken.IsCancellationRequested => new InvalidOperationException("Stopped; no backup was made."),
                SqliteException or IOException => NotWritten(path, failure),
                _ => failure,
            };
        }
    }

    /// <summary>Of the copies in the data folder that are encrypted into a backup.</summary>
    internal const string CopyEnding = ".backup-copy";

    private static void Create(string path, params ReadOnlySpan<string> files)
    {
        var created = new List<string>();
        try
        {
            foreach (var file in files)
            {
                DurableFiles.Create(file);
                created.Add(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            created.ForEach(File.Delete);
            throw NotWritten(path, failure);
        }
    }

    private static InvalidOperationException NotWritten(string path, Exception failure) =>
        new($"No backup could be written to {path}, and nothing was left there: "
            + (failure is SqliteException { SqliteErrorCode: raw.SQLITE_FULL } ? "the disk is full." : failure.Message));

    private void Copy(string to, CancellationToken cancellationToken)
    {
        // Read and write, since a reader of a write-ahead log writes to its shared-memory index; the database is not changed.
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false
        }.ToString());
        source.Open();
        // One read transaction from the first page to the last: without it each commit of the program would start the copy anew.
        using var moment = source.BeginTransaction(deferred: true);
        using (var first = new SqliteCommand("SELECT count(*) FROM sqlite_master", source, moment))
            first.ExecuteScalar();
        using var copy = BackupDatabase.Open(to);
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
        int result;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, PagesAtOnce);
            var (left, all) = (raw.sqlite3_backup_remaining(backup), raw.sqlite3_backup_pagecount(backup));
            Doing = $"copying: {100L * (all - left) / Math.Max(all, 1)} %";
        }
        while (result == raw.SQLITE_OK);
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, copy.Handle);
    }

    private BackupManifest Check(string copied, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        Doing = "checking the copy";
        using var copy = BackupDatabase.Open(copied);
        using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(copy.Handle));
        var keys = BackupDatabase.PutKeys(copy, folder.Keys);
        if (BackupDatabase.Fault(copy) is { } fault)
            throw new InvalidOperationException(
                $"The database is damaged ({fault}), so no backup was made of it. Keep the backups from before.");
        using var db = dbFactory.Open();
        if (BackupDatabase.IsNewer(copy, db.Database.GetMigrations()))
            throw new InvalidOperationException(
                "The database was written by a newer version of this program. Make the backup with that version.");
        return new BackupManifest(moment, BackupDatabase.Schema(copy), BackupDatabase.Pledges(copy),
            BackupDatabase.Promises(copy, moment), keys, Length: 0, Encryption: null);
    }
}
