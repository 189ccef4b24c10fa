using Npgsql;

namespace SafetyCampaign.Ledger;

/// <summary>
/// What makes an answer durable on PostgreSQL. A server that does not sync loses acknowledged pledges at a power cut, so
/// it is refused.
/// </summary>
internal static class PostgresDurabilityCheck
{
    public static void Apply(NpgsqlConnection connection)
    {
        // A node that freezes inside a transaction holds the ledger's lock; the server ends that session after this time.
        // The lock is waited for longer than that, and not without end where a table is locked.
        Execute(connection,
            "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '3s'");
        foreach (var promise in (string[])["synchronous_commit", "fsync", "full_page_writes"])
            if (Execute(connection, $"SHOW {promise}") is var actual and not "on")
                throw new InvalidOperationException(
                    $"The PostgreSQL server runs with {promise}={actual}; signatures could be lost. Set it to on.");
    }

    private static string? Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar()?.ToString();
    }
}
