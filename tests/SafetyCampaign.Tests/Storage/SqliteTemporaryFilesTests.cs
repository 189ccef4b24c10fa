using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;

namespace SafetyCampaign.Tests.Storage;

/// <summary>No statement leaves names in a system folder, or needs one.</summary>
public sealed class SqliteTemporaryFilesTests : IAsyncLifetime
{
    private readonly CampaignApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_a_statement_needs_for_itself_lies_in_no_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a process cannot look at its own open files.");
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();

        Assert.Empty(FilesAfterLargeSort(connection));
        await db.Database.ExecuteSqlRawAsync("DROP TABLE large; VACUUM", TestContext.Current.CancellationToken);
        using var copy = BackupDatabase.Open(Copied());
        Assert.Empty(FilesAfterLargeSort(copy));
        // The same with SQLite's own default shows that the test would see one.
        using var usual = new SqliteConnection("Data Source=:memory:");
        usual.Open();
        Assert.NotEmpty(FilesAfterLargeSort(usual));
    }

    private string Copied()
    {
        var copy = Path.Combine(app.DataDirectory, "copy");
        using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        to.Open();
        return copy;
    }

    /// <summary>Larger than any cache. SQLite calls its temporary files etilqs_… and unlinks them at once.</summary>
    private static List<string> FilesAfterLargeSort(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            CREATE TEMP TABLE large (Text TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO large SELECT hex(randomblob(500)) FROM n;
            """;
        command.ExecuteNonQuery();
        return [.. Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(open => new FileInfo(open).LinkTarget ?? "").Where(target => target.Contains("etilqs_"))];
    }
}
