using System.Text.Json;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>What a restore notes of the data that it replaces, in the folder that keeps it.</summary>
/// <param name="Promises">Of the names in it; null where that cannot be read.</param>
internal sealed record KeptBeforeRestore(IReadOnlyList<PromisedDay>? Promises)
{
    private const string FileName = "replaced.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Of the data folder as it stands.</summary>
    public static KeptBeforeRestore Of(DataFolder folder, DateTimeOffset now) =>
        new(File.Exists(folder.Database) ? PromisesIn(folder.Database, now) : []);

    /// <summary>What a folder says; one of an earlier version says nothing, and its database is asked.</summary>
    public static KeptBeforeRestore In(string kept, DateTimeOffset replacedAt)
    {
        var file = Path.Combine(kept, FileName);
        if (File.Exists(file) && JsonSerializer.Deserialize<KeptBeforeRestore>(File.ReadAllText(file), Json) is { } found)
            return found;
        var database = Path.Combine(kept, "campaign.db");
        return new KeptBeforeRestore(File.Exists(database) ? PromisesIn(database, replacedAt) : null);
    }

    /// <param name="kept">The folder, as yet empty.</param>
    /// <param name="films">The films that are there now.</param>
    public void WriteInto(string kept, IEnumerable<string> films)
    {
        Write(Path.Combine(kept, FileName), JsonSerializer.Serialize(this, Json));
        Write(Path.Combine(kept, DataFolder.FilmsOfReplaced), string.Concat(films.Select(film => film + "\n")));
    }

    private static void Write(string file, string text)
    {
        DurableFiles.Create(file);
        File.WriteAllText(file, text);
        DurableFiles.Flush(file);
    }

    private static IReadOnlyList<PromisedDay>? PromisesIn(string database, DateTimeOffset madeAt)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            return BackupDatabase.Promises(connection, madeAt);
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
