using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Puts a backup in the place of what the data folder holds, and keeps that. See <see cref="BackupFile"/>.</summary>
public sealed class Restore(DataFolder folder, CampaignDbFactory dbFactory, TimeProvider time)
{
    // The incoming file has one name until it is checked and another after, so a file under the second name is sound.
    private string Arriving => folder.Database + ".arriving";
    private string ArrivingKeys => folder.KeysPath + ".arriving";
    private string Waiting => WaitingIn(folder);

    /// <summary>The current step, to be shown while it runs.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>Whether a restore ended between taking the old database away and putting the new one there.</summary>
    internal static bool WasInterrupted(DataFolder folder) => !File.Exists(folder.Database) && File.Exists(WaitingIn(folder));

    /// <summary>The older schema of an older backup is upgraded at the program's next start.</summary>
    /// <returns>How many pledges are back, and the folder that keeps what was there before; null where nothing was.</returns>
    /// <exception cref="InvalidOperationException">Says why nothing was restored.</exception>
    public async Task<(long Pledges, string? Kept)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new InvalidOperationException($"There is no file {path}.");
        using var alone = await FileLock.TakeAsync(folder.RunningLock, TimeSpan.Zero, cancellationToken)
            ?? throw new InvalidOperationException(
            $"SafetyCampaign is running on the data folder {folder.Path}. Stop it, then restore.");
        try
        {
            Doing = "copying the backup";
            Forget();
            DurableFiles.Create(Arriving);
            File.Copy(path, Arriving, overwrite: true);
            MakePrivate(Arriving);
            Doing = "checking the backup";
            var pledges = Check(path);
            DurableFiles.Flush(Arriving);
            File.Move(Arriving, Waiting, overwrite: true);
            DurableFiles.FlushFolder(folder.Path);
            return (pledges, Exchange());
        }
        catch (Exception failure)
        {
            Forget();
            // Once the old database has been moved away, the checked file must stay: by it the next start sees an interrupted restore.
            if (!WasInterrupted(folder))
                File.Delete(Waiting);
            if (failure is SqliteException or IOException or UnauthorizedAccessException)
                throw new InvalidOperationException($"{path} could not be restored to {folder.Path}: {failure.Message}");
            throw;
        }
    }

    private long Check(string path)
    {
        try
        {
            using var backup = BackupFile.Open(Arriving);
            if (!BackupFile.IsOurs(backup))
                throw new InvalidOperationException($"{path} is no backup of this program; nothing was changed.");
            if (BackupFile.Fault(backup) is { } fault)
                throw new InvalidOperationException($"{path} is damaged ({fault}); nothing was changed. Take another backup.");
            using var db = dbFactory.Open();
            if (BackupFile.IsNewer(backup, db.Database.GetMigrations()))
                throw new InvalidOperationException(
                    $"{path} was made by a newer version of this program; nothing was changed. Restore it with that version.");
            var pledges = BackupFile.Pledges(backup);
            BackupFile.TakeKeys(backup, ArrivingKeys);
            return pledges;
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            throw new InvalidOperationException(
                $"{path} is no backup of this program, or is damaged ({damaged.Message}); nothing was changed.");
        }
    }

    /// <summary>The database last: until it is there the program refuses to start, and so never begins an empty one in between.</summary>
    private string? Exchange()
    {
        FoldIn();
        var kept = Keep();
        Directory.Move(ArrivingKeys, folder.KeysPath);
        foreach (var file in BackupFile.WithCompanions(folder.Database).Where(File.Exists))
            File.Move(file, Path.Combine(kept!, Path.GetFileName(file)));
        File.Move(Waiting, folder.Database);
        DurableFiles.FlushFolder(folder.Path);
        return kept;
    }

    /// <summary>A folder for what was there before, with the keys in it already; null where nothing was.</summary>
    private string? Keep()
    {
        var keys = folder.Keys;
        if (!File.Exists(folder.Database) && !keys.EnumerateFiles().Any())
        {
            keys.Delete();
            return null;
        }
        var kept = Path.Combine(folder.Path, "before-restore-" + time.GetUtcNow()
            .ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        DurableFiles.CreateFolder(kept);
        keys.MoveTo(Path.Combine(kept, keys.Name));
        return kept;
    }

    /// <summary>Opening and closing a sound database merges its write-ahead log, so that what is kept is one file.</summary>
    private void FoldIn()
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
        foreach (var file in BackupFile.WithCompanions(Arriving))
            File.Delete(file);
        if (Directory.Exists(ArrivingKeys))
            Directory.Delete(ArrivingKeys, recursive: true);
    }

    private static void MakePrivate(string path)
    {
        // Copying takes the mode along, and somebody may have opened the backup to others.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string WaitingIn(DataFolder folder) => folder.Database + ".restoring";
}
