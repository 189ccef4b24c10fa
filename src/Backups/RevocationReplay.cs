using Microsoft.Data.Sqlite;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Takes away again, in a backup that is to be put in place, what was taken away since it was made: by the database that it
/// replaces, where that is its own continuation. Where it is not there, not sound, or another one, nobody knows; then what anybody who
/// has an address or a token can use, links to the host's page and to classes, and API tokens, ends.
/// </summary>
internal static class RevocationReplay
{
    /// <param name="arriving">Of this program's schema, and used by nobody else.</param>
    /// <param name="replacedDatabase">The file that it replaces; null where there is none.</param>
    /// <param name="keys">The keys beside the replaced database: accounts that are taken over have secrets sealed by them.</param>
    /// <param name="now">The time that links and deletions get.</param>
    public static RepeatedRevocations Repeat(DataFolder arriving, string? replacedDatabase, DirectoryInfo keys, DateTimeOffset now)
    {
        using var connection = Open(arriving);
        if (replacedDatabase is null || !IsSound(replacedDatabase))
            return EndLinks(connection, now);
        Execute(connection, "ATTACH $path AS replaced", ("$path", replacedDatabase));
        try
        {
            if (!IsContinued(connection))
                return EndLinks(connection, now);
            var repeated = Repeat(connection) with { Events = DeleteEvents(arriving, connection, now) };
            foreach (var key in keys.EnumerateFiles("*.xml").Where(key => !File.Exists(Path.Combine(arriving.KeysPath, key.Name))))
                DurableFiles.Flush(key.CopyTo(Path.Combine(arriving.KeysPath, key.Name)).FullName);
            return repeated;
        }
        catch (SqliteException olderSchema) when (olderSchema.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            return EndLinks(connection, now);
        }
    }

    private static SqliteConnection Open(DataFolder arriving)
    {
        var connection = new SqliteConnection(arriving.ConnectionString + ";Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA secure_delete=ON; " + SqliteTemporaryFiles.Pragma);
        return connection;
    }

    private static bool IsSound(string database)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            return BackupDatabase.Fault(connection) is null;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>
    /// The last line of the backup's audit log is in the other's: lines form a chain of hashes, so all before it are as well. A new,
    /// empty database is no continuation, and neither is one that has gone on from another backup.
    /// </summary>
    private static bool IsContinued(SqliteConnection connection) => BackupDatabase.Read(connection,
        """
        SELECT count(*) FROM replaced.audit_entries r JOIN main.audit_entries a ON a.Sequence = r.Sequence AND a.Hash = r.Hash
        WHERE a.Sequence = (SELECT max(Sequence) FROM main.audit_entries)
        """,
        row => row.GetInt32(0) > 0).Single();

    private static RepeatedRevocations Repeat(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        var repeated = new RepeatedRevocations
        {
            ReplacedWasRead = true,
            Slips = Execute(connection, RevocationStatements.Gone("slips")),
            Photos = Execute(connection, RevocationStatements.Gone("report_photos"))
                + Execute(connection, RevocationStatements.Gone("paper_photos")) + Execute(connection, RevocationStatements.RowPictures),
            PaperRows = Execute(connection, RevocationStatements.ErasedRows) + Execute(connection, RevocationStatements.TypedNames),
            RemovedAccounts = Execute(connection, "DELETE FROM main.organizers WHERE Id NOT IN (SELECT Id FROM replaced.organizers)"),
            Accounts = Execute(connection, RevocationStatements.Accounts),
            Links = Execute(connection, RevocationStatements.Revoked("host_links"))
                + Execute(connection, RevocationStatements.Revoked("class_links"))
                + Execute(connection, RevocationStatements.Revoked("slips")),
            Grants = Execute(connection, RevocationStatements.Revoked("names_grants")),
            Tokens = Execute(connection, RevocationStatements.Revoked("api_tokens")),
            Exports = Execute(connection, RevocationStatements.Revoked("weekly_exports")),
            Pupils = Execute(connection, "DELETE FROM main.roster_entries WHERE Id NOT IN (SELECT Id FROM replaced.roster_entries)")
                + Execute(connection, RevocationStatements.Pupils),
        };
        foreach (var statement in RevocationStatements.SecondFactors)
            Execute(connection, statement);
        Execute(connection, RevocationStatements.Organizations);
        Execute(connection, RevocationStatements.OrganizationIsGone, ("$never", DateTimeOffset.MaxValue.UtcTicks));
        transaction.Commit();
        return repeated;
    }

    /// <summary>By acts of the ledger, which keep the numbers of their pledges from being given again.</summary>
    private static int DeleteEvents(DataFolder arriving, SqliteConnection connection, DateTimeOffset now)
    {
        var deleted = BackupDatabase.Read(connection, "SELECT Id FROM main.events WHERE Id NOT IN (SELECT Id FROM replaced.events)",
            row => row.GetInt32(0));
        using var store = new SqliteLedgerStore(arriving);
        store.Open(now);
        foreach (var id in deleted)
            store.Write([new ActEntry((acting, at) => acting.DeleteEventAgain(id, at))], now);
        return deleted.Count;
    }

    private static RepeatedRevocations EndLinks(SqliteConnection connection, DateTimeOffset now) => new()
    {
        Links = Execute(connection, "UPDATE main.host_links SET RevokedAt = $now WHERE RevokedAt IS NULL", ("$now", now.UtcTicks))
            + Execute(connection, "UPDATE main.class_links SET RevokedAt = $now WHERE RevokedAt IS NULL", ("$now", now.UtcTicks)),
        Tokens = Execute(connection, "UPDATE main.api_tokens SET RevokedAt = $now WHERE RevokedAt IS NULL", ("$now", now.UtcTicks)),
    };

    private static int Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }
}
