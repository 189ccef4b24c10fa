using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>What a restore has done.</summary>
/// <param name="Pledges">How many are back.</param>
/// <param name="Manifest">What the backup said of itself; null for one of an earlier version, which has no checksum.</param>
/// <param name="Repeated">What was erased again in it.</param>
/// <param name="Revoked">What was taken away again in it.</param>
/// <param name="Kept">The folder that keeps what was there before; null where nothing was.</param>
/// <param name="DeleteKeptOn">When that folder must go; null where it holds no names.</param>
public sealed record Restored(
    long Pledges, BackupManifest? Manifest, RepeatedErasures Repeated, RepeatedRevocations Revoked, string? Kept, DateOnly? DeleteKeptOn);

/// <summary>Puts a backup in the place of what the data folder holds, and keeps that. See <see cref="BackupFile"/>.</summary>
public sealed class Restore(
    DataFolder folder, CampaignDbFactory dbFactory, ErasureReplay replay, IConfiguration configuration, TimeProvider time)
{
    // The incoming database lies in a folder of its own until it is checked, so a file under the second name is sound.
    private readonly DataFolder arriving = new(folder.RestoringPath);

    /// <summary>The current step, to be shown while it runs.</summary>
    public string Doing { get; private set; } = "";

    /// <param name="path">The file.</param>
    /// <param name="isClockRight">
    /// Needed where the clock is far ahead of the last time that is known to be right, and names have outlived their day by it: true erases
    /// them, false leaves them.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Says why nothing was restored.</exception>
    public async Task<Restored> RestoreAsync(string path, bool? isClockRight, CancellationToken cancellationToken)
    {
        var password = BackupPassword.Read(configuration);
        if (!File.Exists(path))
            throw new InvalidOperationException($"There is no file {path}.");
        using var alone = await FileLock.TakeAsync(folder.RunningLock, TimeSpan.Zero, cancellationToken)
            ?? throw new InvalidOperationException(
            $"SafetyCampaign is running on the data folder {folder.Path}. Stop it, then restore.");
        try
        {
            Doing = "copying the backup and comparing its checksum";
            Forget();
            var manifest = CopyContent(path, password, cancellationToken);
            Doing = "checking the backup";
            var pledges = await CheckAsync(path, cancellationToken);
            Doing = "erasing again what was withdrawn, erased or corrected since";
            var repeated = await replay.RepeatAsync(arriving, ReplacedDatabase(), isClockRight, cancellationToken);
            Doing = "taking away again what was taken away since";
            var revoked = RevocationReplay.Repeat(arriving, ReplacedDatabase(), folder.Keys, time.GetUtcNow());
            // Closing the last connection puts the log into the file; what is left in it would be left behind.
            if (File.Exists(arriving.Database + "-wal"))
                throw new InvalidOperationException($"{path} could not be restored to {folder.Path}: its log could not be merged.");
            DurableFiles.Flush(arriving.Database);
            File.Move(arriving.Database, folder.CheckedDatabase, overwrite: true);
            DurableFiles.FlushFolder(folder.Path);
            var kept = SwapDatabases();
            Forget();
            return new Restored(
                pledges, manifest, repeated, revoked, kept, kept is null ? null : KeptCopies.DayOf(kept, time.GetUtcNow()));
        }
        catch (Exception failure)
        {
            Forget();
            // Once the old database has been moved away, the checked file must stay: by it the next start sees an interrupted restore.
            if (!folder.RestoreWasInterrupted)
                File.Delete(folder.CheckedDatabase);
            if (failure is SqliteException or IOException or UnauthorizedAccessException)
                throw new InvalidOperationException($"{path} could not be restored to {folder.Path}: {failure.Message}");
            throw;
        }
    }

    private BackupManifest? CopyContent(string path, BackupPassword? password, CancellationToken cancellationToken)
    {
        DurableFiles.CreateFolder(arriving.Path);
        DurableFiles.Create(arriving.Database);
        using var content = new FileStream(arriving.Database, FileMode.Open, FileAccess.Write, FileShare.None);
        return BackupFile.Read(path, content, password, cancellationToken);
    }

    private async Task<long> CheckAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            long pledges;
            using (var backup = BackupDatabase.Open(arriving.Database))
            {
                BackupDatabase.AssertRestorable(backup, path, KnownMigrations());
                pledges = BackupDatabase.Pledges(backup);
                BackupDatabase.TakeKeys(backup, arriving.KeysPath);
            }
            await using var db = ErasureReplay.Open(arriving);
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                await db.UpgradeAsync(cancellationToken);
            // Whoever has signed out since the backup stays so.
            await db.Sessions.ExecuteDeleteAsync(cancellationToken);
            return pledges;
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            throw new InvalidOperationException(
                $"{path} is no backup of this program, or is damaged ({damaged.Message}); nothing was changed.");
        }
    }

    private List<string> KnownMigrations()
    {
        using var db = dbFactory.Open();
        return [.. db.Database.GetMigrations()];
    }

    /// <summary>Of a restore that was interrupted the old database lies in the folder that keeps it.</summary>
    private string? ReplacedDatabase()
    {
        var kept = folder.RestoreWasInterrupted ? folder.BeforeRestores().Select(before => before.Path) : [];
        return kept.Append(folder.Path).Select(path => Path.Combine(path, Path.GetFileName(folder.Database))).LastOrDefault(File.Exists);
    }

    /// <summary>
    /// The old database goes first and the new one comes last: in between the program refuses to start, so it never begins an empty one,
    /// and never runs on a database with the keys of the other.
    /// </summary>
    private string? SwapDatabases()
    {
        CheckpointWal();
        var kept = Keep();
        foreach (var file in BackupDatabase.WithCompanions(folder.Database).Where(File.Exists))
            File.Move(file, Path.Combine(kept!, Path.GetFileName(file)));
        DurableFiles.FlushFolder(folder.Path);
        if (kept is null)
            folder.Keys.Delete();
        else
            folder.Keys.MoveTo(Path.Combine(kept, Path.GetFileName(folder.KeysPath)));
        Directory.Move(arriving.KeysPath, folder.KeysPath);
        File.Move(folder.CheckedDatabase, folder.Database);
        DurableFiles.FlushFolder(folder.Path);
        return kept;
    }

    /// <summary>A folder for what was there before; null where nothing was.</summary>
    private string? Keep()
    {
        var films = Directory.Exists(folder.FilmsPath) ? new DirectoryInfo(folder.FilmsPath).GetFiles() : [];
        if (!File.Exists(folder.Database) && !folder.Keys.EnumerateFiles().Any() && films.Length == 0)
            return null;
        var moment = time.GetUtcNow();
        while (Directory.Exists(folder.BeforeRestoreAt(moment)))
            moment = moment.AddSeconds(1); // restored twice within a second
        var kept = folder.BeforeRestoreAt(moment);
        DurableFiles.CreateFolder(kept);
        KeptBeforeRestore.Of(folder, moment).WriteInto(kept, films.Select(film => film.Name));
        return kept;
    }

    /// <summary>Opening and closing a sound database merges its write-ahead log, so that what is kept is one file.</summary>
    private void CheckpointWal()
    {
        if (!File.Exists(folder.Database))
            return;
        try
        {
            using var old = new SqliteConnection(folder.ConnectionString + ";Pooling=False");
            old.Open();
            using var look = new SqliteCommand("SELECT count(*) FROM sqlite_master", old);
            look.ExecuteScalar();
        }
        catch (SqliteException)
        {
            // It is damaged, which may be why somebody restores. It is kept as it is.
        }
    }

    private void Forget()
    {
        if (Directory.Exists(arriving.Path))
            Directory.Delete(arriving.Path, recursive: true);
    }
}
