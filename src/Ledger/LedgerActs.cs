using System.Data.Common;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>The SQL of what is seldom done, the same for every database: wiping, withdrawing, noting it.</summary>
internal sealed class LedgerActs(DbConnection connection)
{
    /// <summary>How many people's practice signatures went.</summary>
    public int WipeRehearsal(int eventId)
    {
        Execute("""DELETE FROM signatures WHERE "Sequence" IN (SELECT "Sequence" FROM pledges WHERE "EventId" = @event AND "Rehearsal" = @rehearsal)""",
            ("@event", eventId), ("@rehearsal", true));
        return Execute("""DELETE FROM pledges WHERE "EventId" = @event AND "Rehearsal" = @rehearsal""", ("@event", eventId), ("@rehearsal", true));
    }

    /// <summary>The people of a request whose first pledge stands at a place; null where none stands or all is withdrawn.</summary>
    public (int EventId, bool Rehearsal, int? ClassId, IReadOnlyList<SignerRole> Roles, bool Family)? FindGroup(long sequence)
    {
        using var command = Prepare(
            """
            SELECT "EventId", "Rehearsal", "ClassId", "Role", "Family" FROM pledges
            WHERE "Sequence" >= @sequence AND "Sequence" < @sequence + (SELECT "Signers" FROM pledges WHERE "Sequence" = @sequence)
              AND "WithdrawnAt" IS NULL
            ORDER BY "Sequence"
            """, ("@sequence", sequence));
        using var row = command.ExecuteReader();
        if (!row.Read())
            return null;
        var (eventId, rehearsal) = (row.GetInt32(0), row.GetBoolean(1));
        var classId = row.IsDBNull(2) ? (int?)null : row.GetInt32(2);
        var roles = new List<SignerRole>();
        var family = false;
        do
        {
            roles.Add((SignerRole)row.GetInt32(3));
            family |= row.GetBoolean(4);
        }
        while (row.Read());
        return (eventId, rehearsal, classId, roles, family);
    }

    /// <summary>Takes names, relations, strokes and the hash (which would confirm a guessed name) away; the place and the digest stay.</summary>
    public void Erase(long sequence, int people, DateTimeOffset now)
    {
        Execute(
            """
            UPDATE pledges SET "WithdrawnAt" = @at, "Name" = NULL, "Relation" = NULL, "ContentHash" = NULL
            WHERE "Sequence" >= @sequence AND "Sequence" < @sequence + @people
            """, ("@sequence", sequence), ("@people", people), ("@at", now.UtcTicks));
        Execute("""DELETE FROM signatures WHERE "Sequence" >= @sequence AND "Sequence" < @sequence + @people""",
            ("@sequence", sequence), ("@people", people));
    }

    public void Note(long sequence, LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people) => Execute(
        """
        INSERT INTO ledger_acts ("Sequence", "Kind", "EventId", "At", "By", "Subject", "People")
        VALUES (@sequence, @kind, @event, @at, @by, @subject, @people)
        """,
        ("@sequence", sequence), ("@kind", (int)kind), ("@event", eventId), ("@at", now.UtcTicks), ("@by", by), ("@subject", subject), ("@people", people));

    private int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Prepare(sql, parameters);
        return command.ExecuteNonQuery();
    }

    private DbCommand Prepare(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
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
