using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace SafetyCampaign.Storage;

/// <summary>Copies the database as it stands at one moment, while the program goes on writing. See <see cref="BackupFile"/>.</summary>
public sealed class Backup(DataFolder folder, CampaignDbFactory dbFactory)
{
    // Pages copied between two checks for cancellation: more are faster, fewer stop sooner.
    private const int PagesAtOnce = 2_000;

    /// <summary>The current step, to be shown while it runs.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>Writes a new file; where that fails, none.</summary>
    /// <returns>How many pledges it holds, withdrawn and practice ones too.</returns>
    /// <exception cref="InvalidOperationException">Says why there is no backup.</exception>
    public long Write(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Database))
            throw new InvalidOperationException($"There is no database in {folder.Path}. Say where it is: --DataDirectory=PATH");
        if (Path.Exists(path))
            throw new InvalidOperationException($"{path} exists already, and a backup overwrites nothing. Choose another name.");
        var partial = path + ".partial";
        if (Path.Exists(partial))
            throw new InvalidOperationException(
                $"{partial} is there: another backup is being written, or one was interrupted. If none is, delete it.");
        Create(partial, path);
        try
        {
            Copy(partial, cancellationToken);
            var pledges = Check(partial, cancellationToken);
            DurableFiles.Flush(partial);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushFolder(Path.GetDirectoryName(path)!);
            return pledges;
        }
        catch (Exception failure)
        {
            Forget(partial);
            throw failure switch
            {
                _ when cancellationToken.IsCancellationRequested => new InvalidOperationException("Stopped; no backup was made."),
                SqliteException or IOException => NotWritten(path, failure),
                _ => failure,
            };
        }
    }

    private static void Create(string partial, string path)
    {
        try
        {
            DurableFiles.Create(partial);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, failure);
        }
    }

    private static InvalidOperationException NotWritten(string path, Exception failure) =>
        new($"No backup could be written to {path}, and nothing was left there: "
            + (failure is SqliteException { SqliteErrorCode: raw.SQLITE_FULL } ? "the disk is full." : failure.Message));

    private void Copy(string partial, CancellationToken cancellationToken)
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
        using var copy = BackupFile.Open(partial);
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

    private long Check(string partial, CancellationToken cancellationToken)
    {
        Doing = "checking the copy";
        using var copy = BackupFile.Open(partial);
        using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(copy.Handle));
        BackupFile.PutKeys(copy, folder.Keys);
        if (BackupFile.Fault(copy) is { } fault)
            throw new InvalidOperationException(
                $"The database is damaged ({fault}), so no backup was made of it. Keep the backups from before.");
        using var db = dbFactory.Open();
        if (BackupFile.IsNewer(copy, db.Database.GetMigrations()))
            throw new InvalidOperationException(
                "The database was written by a newer version of this program. Make the backup with that version.");
        return BackupFile.Pledges(copy);
    }

    private static void Forget(string partial)
    {
        foreach (var file in BackupFile.WithCompanions(partial))
            File.Delete(file);
    }
}
