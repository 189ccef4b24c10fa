using Microsoft.Data.Sqlite;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// What makes an answer durable. With <c>synchronous=NORMAL</c> a power cut loses acknowledged rows; with FULL it does
/// not, so anything else refuses to start. With <c>secure_delete</c> a name that is withdrawn or wiped is overwritten in
/// the file, not only forgotten by it. Temporary tables are kept in memory. A log that a slow reader has let grow is cut back to 32 MiB.
/// </summary>
internal static class SqliteLedgerPragmas
{
    /// <summary>Milliseconds that a statement waits for another connection's lock.</summary>
    public static readonly string BusyTimeout = $"{SqliteCampaignDb.BusyTimeoutSeconds}000";

    public static void Apply(SqliteConnection connection)
    {
        Set(connection, $"busy_timeout={BusyTimeout}", BusyTimeout);
        Set(connection, "journal_mode=WAL", "wal");
        Set(connection, "synchronous=FULL", "2");
        Set(connection, "secure_delete=ON", "1");
        Set(connection, "temp_store=MEMORY", "2");
        Set(connection, "journal_size_limit=33554432", "33554432");
    }

    private static void Set(SqliteConnection connection, string pragma, string expected)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        command.ExecuteNonQuery();
        command.CommandText = $"PRAGMA {pragma[..pragma.IndexOf('=')]}";
        var actual = command.ExecuteScalar()?.ToString();
        if (actual != expected)
            throw new InvalidOperationException(
                $"The database does not accept PRAGMA {pragma} (it answers {actual}); signatures could be lost.");
    }
}
