using Microsoft.Data.Sqlite;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What a database holds when it is opened after a power cut.</summary>
/// <param name="Lost">Acknowledged requests that are not there, or whose receipt is another.</param>
/// <param name="Damage">What is broken, in words; null where nothing is.</param>
internal sealed record LedgerAfterCut(int Lost, string? Damage)
{
    public static LedgerAfterCut Examine(string database, IReadOnlyDictionary<long, byte[]> acknowledged)
    {
        if (!File.Exists(database))
            return new LedgerAfterCut(acknowledged.Count, null);
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            connection.Open();
            if (Scalar(connection, "PRAGMA integrity_check") is not "ok" and var broken)
                return new LedgerAfterCut(0, $"integrity_check says {broken}");
            if (Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'pledges'") is 0L)
                return new LedgerAfterCut(acknowledged.Count, null);
            return new LedgerAfterCut(acknowledged.Count - Kept(connection, acknowledged), Odd(connection));
        }
        catch (SqliteException failure)
        {
            return new LedgerAfterCut(0, failure.Message);
        }
    }

    private static int Kept(SqliteConnection connection, IReadOnlyDictionary<long, byte[]> acknowledged)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Sequence, Secret FROM pledges WHERE Position = 0";
        using var row = command.ExecuteReader();
        var kept = 0;
        while (row.Read())
            if (acknowledged.TryGetValue(row.GetInt64(0), out var secret) && secret.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(1)))
                kept++;
        return kept;
    }

    /// <summary>A request that is stored twice or only in part.</summary>
    private static string? Odd(SqliteConnection connection) => Scalar(connection,
        """
        SELECT count(*) FROM (SELECT 1 FROM pledges GROUP BY Key HAVING count(*) <> max(Signers) OR count(DISTINCT Position) <> count(*))
        """) is long and > 0 and var odd ? $"{odd} requests are stored twice or in part" : null;

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
