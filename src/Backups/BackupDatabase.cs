using System.Globalization;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// The content of a backup is one SQLite file: the whole database, and beside its tables one more with what else a restore
/// needs, the data protection keys. It holds names and signatures, so only the owner's account may read it (mode 0600).
/// </summary>
internal static class BackupDatabase
{
    private const string KeyPrefix = "keys/";

    /// <summary>Opened without a write-ahead log and with exclusive locking: no other process uses the file.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection,
                $"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; "
                    + SqliteTemporaryFiles.Pragma);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Puts the keys into a copy of the database, and makes it the content of a backup by that.</summary>
    /// <returns>Whether they can be used by whoever has the backup.</returns>
    public static BackupKeys PutKeys(SqliteConnection backup, DirectoryInfo keys)
    {
        Execute(backup, "CREATE TABLE backup_parts (Name TEXT NOT NULL PRIMARY KEY, Content TEXT NOT NULL) STRICT");
        foreach (var key in keys.EnumerateFiles("*.xml"))
            Execute(backup, "INSERT INTO backup_parts VALUES ($name, $content)", ("$name", KeyPrefix + key.Name),
                ("$content", File.ReadAllText(key.FullName)));
        return KeysOf(backup);
    }

    /// <summary>Whether the keys in a backup can be used by whoever has it.</summary>
    public static BackupKeys KeysOf(SqliteConnection backup)
    {
        var keys = Read(backup, "SELECT Content FROM backup_parts", row => row.GetString(0));
        return keys.Count == 0 ? BackupKeys.None : keys.Exists(KeyEncryption.IsPlain) ? BackupKeys.Plain : BackupKeys.Encrypted;
    }

    /// <summary>Takes the keys out of a backup, and makes it a database by that.</summary>
    public static void TakeKeys(SqliteConnection backup, string folder)
    {
        DurableFiles.CreateFolder(folder);
        foreach (var (name, content) in Read(backup, "SELECT Name, Content FROM backup_parts", row => (row.GetString(0), row.GetString(1))))
        {
            var key = Path.Combine(folder, Path.GetFileName(name));
            DurableFiles.Create(key);
            File.WriteAllText(key, content);
            DurableFiles.Flush(key);
        }
        Execute(backup, "DROP TABLE backup_parts");
    }

    /// <summary>Whether a file is a backup of this program, of any version.</summary>
    public static bool IsOurs(SqliteConnection backup) =>
        Read(backup, "SELECT count(*) FROM sqlite_master WHERE name IN ('backup_parts', 'pledges', '__EFMigrationsHistory')",
            row => row.GetInt32(0)).Single() == 3;

    /// <summary>Reads every page: what is wrong with the file, or null.</summary>
    public static string? Fault(SqliteConnection backup)
    {
        var integrity = Read(backup, "PRAGMA integrity_check(1)", row => row.GetString(0)).First();
        if (integrity != "ok")
            return integrity.Split('\n')[0];
        var strays = Read(backup, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", row => row.GetString(0));
        return strays.Count == 0 ? null : $"a row of {strays[0]} belongs to nothing";
    }

    /// <exception cref="InvalidOperationException">Says why it cannot be restored.</exception>
    public static void AssertRestorable(SqliteConnection backup, string path, IEnumerable<string> knownMigrations)
    {
        if (!IsOurs(backup))
            throw new InvalidOperationException($"{path} is no backup of this program; nothing was changed.");
        if (Fault(backup) is { } fault)
            throw new InvalidOperationException($"{path} is damaged ({fault}); nothing was changed. Take another backup.");
        if (IsNewer(backup, knownMigrations))
            throw new InvalidOperationException(
                $"{path} was made by a newer version of this program; nothing was changed. Restore it with that version.");
    }

    /// <summary>Whether a version of the program later than this one wrote it.</summary>
    public static bool IsNewer(SqliteConnection backup, IEnumerable<string> known) => Migrations(backup).Except(known).Any();

    /// <summary>The last migration that it has been through.</summary>
    public static string Schema(SqliteConnection backup) => Migrations(backup).Max(StringComparer.Ordinal) ?? "";

    public static long Pledges(SqliteConnection backup) => Read(backup, "SELECT count(*) FROM pledges", row => row.GetInt64(0)).Single();

    /// <summary>
    /// What was promised to those whose names it holds, one day for each campaign: of who has signed, of pupils on the lists of its
    /// classes, and of who is only on a class sheet. Lists that no event uses are kept for a year (<see cref="ExpiredRosters"/>).
    /// </summary>
    /// <param name="database">A database of this version or of an earlier one, which may lack some tables.</param>
    /// <param name="madeAt">When it was copied.</param>
    public static IReadOnlyList<PromisedDay> Promises(SqliteConnection database, DateTimeOffset madeAt)
    {
        var withNames = "SELECT EventId FROM pledges WHERE Name IS NOT NULL";
        if (HasTable(database, "paper_rows"))
            withNames += " UNION SELECT s.EventId FROM paper_sheets s JOIN paper_rows r ON r.SheetId = s.Id WHERE r.Name IS NOT NULL";
        var promises = PromisesOf(database, withNames);
        if (!HasTable(database, "roster_entries"))
            return promises;
        // A campaign may be past its day with its lists there, while it is rehearsed: by that no copy would ever be kept.
        var lists = PromisesOf(database, $"SELECT e.Id {EventsWithLists}")
            .ToLookup(promise => promise.EraseOn > madeAt.DayIn(CampaignEvent.DefaultZone));
        var hasUnused = lists[false].Any() || Read(database,
            $"SELECT 1 FROM roster_entries WHERE ClassId NOT IN (SELECT x.ClassesId {EventsWithLists}) LIMIT 1", _ => true).Count > 0;
        return [.. promises.Union(lists[true]), .. hasUnused ? [PromisedDay.OfUnusedLists(madeAt)] : Array.Empty<PromisedDay>()];
    }

    private static List<PromisedDay> PromisesOf(SqliteConnection database, string events) => Read(database,
        $"""
         SELECT c.Id, r.EndsOn FROM campaigns c JOIN children_rules r ON r.CampaignId = c.Id
         WHERE r.Version = (SELECT max(Version) FROM children_rules WHERE CampaignId = c.Id)
             AND c.Id IN (SELECT CampaignId FROM events WHERE Id IN ({events}))
         ORDER BY c.Id
         """,
        row => PromisedDays.From(row.GetInt32(0), DateOnly.Parse(row.GetString(1), CultureInfo.InvariantCulture)));

    /// <summary>Events whose names are still to be erased, with the classes of theirs that have a list of pupils.</summary>
    private const string EventsWithLists =
        """
        FROM event_classes x JOIN events e ON e.Id = x.CampaignEventId JOIN campaigns owner ON owner.Id = e.CampaignId
        WHERE owner.ErasedAt IS NULL AND x.ClassesId IN (SELECT ClassId FROM roster_entries)
        """;

    private static bool HasTable(SqliteConnection database, string name) =>
        Read(database, $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{name}'", _ => true).Count > 0;

    /// <summary>The file, its write-ahead log, shared-memory index and journal.</summary>
    public static IEnumerable<string> WithCompanions(string path) => [path, $"{path}-wal", $"{path}-shm", $"{path}-journal"];

    public static void Delete(string path)
    {
        foreach (var file in WithCompanions(path))
            File.Delete(file);
    }

    public static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var found = new List<T>();
        while (row.Read())
            found.Add(read(row));
        return found;
    }

    private static List<string> Migrations(SqliteConnection backup) =>
        Read(backup, "SELECT MigrationId FROM __EFMigrationsHistory", row => row.GetString(0));

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
