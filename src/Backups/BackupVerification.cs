using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>What a sound backup is.</summary>
/// <param name="MadeAt">The moment that it shows; null where it does not say so.</param>
/// <param name="Pledges">How many it holds.</param>
/// <param name="DeleteOn">The earliest day promised to those whose names it holds; null where it holds none.</param>
/// <param name="Keys">Whether the keys in it are encrypted.</param>
/// <param name="HasChecksum">False for one of an earlier version: a changed bit in it would go unseen.</param>
/// <param name="IsEncrypted">Whether a password is needed to restore it.</param>
/// <param name="WasDecrypted">Whether the configured password is the right one; false where none was tried.</param>
public sealed record VerifiedBackup(
    DateTimeOffset? MadeAt, long Pledges, DateOnly? DeleteOn, BackupKeys Keys, bool HasChecksum, bool IsEncrypted, bool WasDecrypted);

/// <summary>Reads a backup to its end and changes nothing.</summary>
public sealed class BackupVerification(DataFolder folder, CampaignDbFactory dbFactory, IConfiguration configuration)
{
    /// <remarks>
    /// The content was read page by page before its digest was written, so the digest says enough. One of an earlier version has
    /// none and is read as a restore would.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Says why it could not be restored.</exception>
    public VerifiedBackup Verify(string path, CancellationToken cancellationToken)
    {
        var password = BackupPassword.Read(configuration);
        if (BackupFile.ReadManifest(path) is not { } manifest)
            return VerifyVersion1(path, cancellationToken);
        BackupFile.Read(path, password is null ? null : Stream.Null, password, cancellationToken);
        return new VerifiedBackup(manifest.MadeAt, manifest.Pledges, manifest.DeleteOn, manifest.Keys, HasChecksum: true,
            manifest.Encryption is not null, WasDecrypted: manifest.Encryption is not null && password is not null);
    }

    private VerifiedBackup VerifyVersion1(string path, CancellationToken cancellationToken)
    {
        // A copy, since opening a SQLite file may write to it.
        var copy = Path.Combine(folder.Path, $"{Guid.NewGuid():N}{Backup.CopyEnding}");
        DurableFiles.Create(copy);
        try
        {
            using (var content = new FileStream(copy, FileMode.Open, FileAccess.Write, FileShare.None))
                BackupFile.Read(path, content, password: null, cancellationToken);
            using var backup = BackupDatabase.Open(copy);
            using var db = dbFactory.Open();
            BackupDatabase.AssertRestorable(backup, path, db.Database.GetMigrations());
            var promises = BackupDatabase.Promises(backup, File.GetLastWriteTimeUtc(path));
            return new VerifiedBackup(null, BackupDatabase.Pledges(backup), promises.EarliestDay(), BackupDatabase.KeysOf(backup),
                HasChecksum: false, IsEncrypted: false, WasDecrypted: false);
        }
        catch (SqliteException damaged)
        {
            throw new InvalidOperationException($"{path} is no backup of this program, or is damaged ({damaged.Message}).");
        }
        finally
        {
            BackupDatabase.Delete(copy);
        }
    }
}
