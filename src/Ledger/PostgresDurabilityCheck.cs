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
        // The server ends the session of a node that freezes while it holds the ledger's lock, so that the others go on.
        Execute(connection, "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '2s'");
        foreach (var promise in (string[])["synchronous_commit", "fsync", "full_page_writes"])
            if (Execute(connection, $"SHOW {promise}") is var actual and not "on")
                throw new InvalidOperationException($"The PostgreSQL server runs with {promise}={actual}; signatures could be lost. Set it to on.");
    }

    private static string? Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar()?.ToString();
    }
}
