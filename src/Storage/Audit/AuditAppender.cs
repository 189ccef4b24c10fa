using System.Data.Common;

namespace SafetyCampaign.Storage;

/// <summary>
/// Appends lines to the audit log within an open transaction, of EF or of the ledger. It takes the chain's lock, which others
/// then wait for: to be called last before the commit.
/// </summary>
internal static class AuditAppender
{
    /// <summary>In seconds. The lock is held for a few statements; a node that is frozen with it loses its session after 2 s.</summary>
    private const int CommandTimeoutSeconds = 5;

    private const string Lock =
        """
        UPDATE audit_chain SET "LastSequence" = "LastSequence" + @lines WHERE "Id" = 1 RETURNING "LastSequence", "LastHash"
        """;

    private const string Insert =
        """
        INSERT INTO audit_entries ("Sequence", "At", "Action", "AccountId", "AccountName", "HostLinkId", "OrganizationPath",
            "OrganizationName", "EventCode", "CampaignId", "ClassId", "Subject", "Detail", "Count", "Reason", "Hash")
        VALUES (@sequence, @at, @action, @account, @accountName, @hostLink, @path, @organization, @event, @campaign, @class,
            @subject, @detail, @count, @reason, @hash)
        """;

    private const string Close = """UPDATE audit_chain SET "LastHash" = @hash WHERE "Id" = 1""";

    /// <param name="connection">Open, and in a transaction that the caller commits.</param>
    /// <param name="settings">Statements of the database's own to run first in the transaction; may be empty.</param>
    /// <param name="entries">Complete but for place, time and hash.</param>
    /// <param name="now">The time that the lines get.</param>
    public static async Task AppendAsync(DbConnection connection, string settings, IReadOnlyList<AuditEntry> entries, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var (last, previous) = await LockAsync(connection, settings, entries.Count, cancellationToken);
        foreach (var (place, entry) in entries.Index())
        {
            (entry.Sequence, entry.At) = (last - entries.Count + 1 + place, now);
            entry.Hash = previous = entry.HashAfter(previous);
            await using var insert = Prepare(connection, Insert,
                ("@sequence", entry.Sequence), ("@at", entry.At.UtcTicks), ("@action", (int)entry.Action), ("@account", entry.AccountId),
                ("@accountName", entry.AccountName), ("@hostLink", entry.HostLinkId), ("@path", entry.OrganizationPath),
                ("@organization", entry.OrganizationName), ("@event", entry.EventCode), ("@campaign", entry.CampaignId),
                ("@class", entry.ClassId), ("@subject", entry.Subject), ("@detail", entry.Detail), ("@count", entry.Count),
                ("@reason", (int?)entry.Reason), ("@hash", entry.Hash));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        await using var close = Prepare(connection, Close, ("@hash", previous));
        await close.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(long Last, byte[] Hash)> LockAsync(
        DbConnection connection, string settings, int lines, CancellationToken cancellationToken)
    {
        await using var command = Prepare(connection, settings + Lock, ("@lines", lines));
        command.CommandTimeout = CommandTimeoutSeconds;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            throw new InvalidOperationException("The audit log has lost the row that holds its ends.");
        return (row.GetInt64(0), row.GetFieldValue<byte[]>(1));
    }

    private static DbCommand Prepare(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
