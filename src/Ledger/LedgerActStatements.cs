using System.Data.Common;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>The SQL of acts, the same for every database: reading and changing signed rows, recording the act.</summary>
internal sealed class LedgerActStatements(DbConnection connection)
{
    private const string Columns =
        """
        "Sequence", "Key", "EventId", "Rehearsal", "Role", "ClassId", "Name", "Relation", "Family", "CountedWith", "InvalidatedAt", "WithdrawnAt", "ErasedAt",
        "ShowMaskedName", "MaskedNameWithdrawnAt"
        """;

    /// <summary>How many people's practice signatures went.</summary>
    public int WipeRehearsal(int eventId)
    {
        Execute(
            """
            DELETE FROM signatures
            WHERE "Sequence" IN (SELECT "Sequence" FROM pledges WHERE "EventId" = @event AND "Rehearsal" = @rehearsal)
            """,
            ("@event", eventId), ("@rehearsal", true));
        return Execute("""DELETE FROM pledges WHERE "EventId" = @event AND "Rehearsal" = @rehearsal""", ("@event", eventId),
            ("@rehearsal", true));
    }

    /// <summary>All pledges of the request to which one belongs.</summary>
    public List<SignedRow> RequestOf(long sequence)
    {
        using var command = Prepare(
            $"""
             SELECT {Columns} FROM pledges
             WHERE "Key" = (SELECT "Key" FROM pledges WHERE "Sequence" = @sequence) ORDER BY "Position"
             """,
            ("@sequence", sequence));
        using var row = command.ExecuteReader();
        var rows = new List<SignedRow>();
        while (row.Read())
            rows.Add(Read(row));
        return rows;
    }

    /// <summary>The pledges of somebody who counts with the one at that place.</summary>
    public List<long> CountedWith(long sequence)
    {
        using var command = Prepare("""SELECT "Sequence" FROM pledges WHERE "CountedWith" = @sequence""", ("@sequence", sequence));
        using var row = command.ExecuteReader();
        var found = new List<long>();
        while (row.Read())
            found.Add(row.GetInt64(0));
        return found;
    }

    public void Update(SignedRow row) => Execute(
        """
        UPDATE pledges SET "ClassId" = @class, "Name" = @name, "Relation" = @relation, "Family" = @family, "CountedWith" = @with,
            "InvalidatedAt" = @invalidated, "WithdrawnAt" = @withdrawn, "ErasedAt" = @erased, "ShowMaskedName" = @masked,
            "MaskedNameWithdrawnAt" = @unmasked
        WHERE "Sequence" = @sequence
        """,
        ("@sequence", row.Sequence), ("@class", row.ClassId), ("@name", row.Name), ("@relation", (int?)row.Relation),
        ("@family", row.Family),
        ("@with", row.CountedWith), ("@invalidated", row.InvalidatedAt?.UtcTicks), ("@withdrawn", row.WithdrawnAt?.UtcTicks),
        ("@erased", row.ErasedAt?.UtcTicks), ("@masked", row.ShowMaskedName), ("@unmasked", row.MaskedNameWithdrawnAt?.UtcTicks));

    /// <summary>
    /// Takes away the name, the relation, the strokes, the number of the slip or link that vouched, and the hash of what was
    /// sent, which would confirm a guessed name; the place and the digest stay. False where they are gone.
    /// </summary>
    public bool Erase(long sequence)
    {
        var strokes = Execute("""DELETE FROM signatures WHERE "Sequence" = @sequence""", ("@sequence", sequence));
        return strokes + Execute(
            """
            UPDATE pledges SET "Name" = NULL, "Relation" = NULL, "ContentHash" = NULL, "VoucherId" = NULL
            WHERE "Sequence" = @sequence AND ("Name" IS NOT NULL OR "Relation" IS NOT NULL OR "ContentHash" IS NOT NULL)
            """, ("@sequence", sequence)) > 0;
    }

    /// <summary>Erases the name, relation and strokes of one pledge at the end of the term. False where they are gone.</summary>
    public bool Expire(long sequence, DateTimeOffset now) => Erase(sequence) && Execute(
        """UPDATE pledges SET "ErasedAt" = coalesce("ErasedAt", @at) WHERE "Sequence" = @sequence""", ("@sequence", sequence),
        ("@at", now.UtcTicks)) > 0;

    public void Note(long sequence, LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people,
        string? effect = null, long? reaches = null) => Execute(
        """
        INSERT INTO ledger_acts ("Sequence", "Kind", "EventId", "At", "By", "Subject", "People", "Effect", "Reaches")
        VALUES (@sequence, @kind, @event, @at, @by, @subject, @people, @effect, @reaches)
        """,
        ("@sequence", sequence), ("@kind", (int)kind), ("@event", eventId), ("@at", now.UtcTicks), ("@by", by), ("@subject", subject),
        ("@people", people), ("@effect", effect), ("@reaches", reaches));

    private static SignedRow Read(DbDataReader row)
    {
        return new SignedRow
        {
            Sequence = row.GetInt64(0),
            Key = row.GetFieldValue<byte[]>(1),
            EventId = row.GetInt32(2),
            Rehearsal = row.GetBoolean(3),
            Role = (SignerRole)row.GetInt32(4),
            ClassId = row.IsDBNull(5) ? null : row.GetInt32(5),
            Name = row.IsDBNull(6) ? null : row.GetString(6),
            Relation = row.IsDBNull(7) ? null : (GuardianRelation)row.GetInt32(7),
            Family = row.GetBoolean(8),
            CountedWith = row.IsDBNull(9) ? null : row.GetInt64(9),
            InvalidatedAt = Moment(10),
            WithdrawnAt = Moment(11),
            ErasedAt = Moment(12),
            ShowMaskedName = row.GetBoolean(13),
            MaskedNameWithdrawnAt = Moment(14),
        };

        DateTimeOffset? Moment(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
    }

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
