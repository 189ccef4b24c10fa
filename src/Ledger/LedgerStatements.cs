using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>The ledger's SQL, prepared once for its connection.</summary>
internal sealed class LedgerStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteInsert insertPledge = new(connection,
        """
        INSERT INTO pledges (Sequence, Key, Position, EventId, ClassId, Role, TextId, Name, Relation, Typed, Channel, Number,
            SignedAt, Rehearsal, Family, GuardianConsent, ShowMaskedName, Signers, ContentHash, Secret, Digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (Key, Position) DO NOTHING
        """);

    private readonly SqliteInsert insertStrokes = new(connection, "INSERT INTO signatures (Sequence, Strokes) VALUES (?, ?)");

    private readonly SqliteCommand findByKey = Prepare(connection,
        "SELECT Sequence, Secret, Number, Signers, SignedAt, Digest, EventId, ContentHash FROM pledges WHERE Key = $key AND Position = 0", "$key");

    private readonly SqliteCommand freeze = Prepare(connection,
        "UPDATE pledge_texts SET FrozenAt = $at WHERE Id = $text AND FrozenAt IS NULL", "$text", "$at");

    public SqliteCommand Begin { get; } = Prepare(connection, "BEGIN IMMEDIATE");

    public SqliteCommand Commit { get; } = Prepare(connection, "COMMIT");

    /// <summary>False where the key is stored already.</summary>
    public bool InsertHead(PledgeDraft draft, byte[] key, long sequence, int number, DateTimeOffset now, byte[] secret, byte[] digest) =>
        Insert(draft, key, 0, sequence, number, now, draft.Signers.Count, draft.ContentHash, secret, digest);

    public void InsertFollower(PledgeDraft draft, byte[] key, int position, long sequence, int number, DateTimeOffset now) =>
        Insert(draft, key, position, sequence, number, now, 0, null, null, null);

    public void InsertStrokes(long sequence, byte[]? strokes)
    {
        if (strokes is not null)
            insertStrokes.Add(sequence).Add(strokes).Run();
    }

    public void Freeze(int textId, DateTimeOffset now)
    {
        Set(freeze, textId, now.UtcTicks);
        freeze.ExecuteNonQuery();
    }

    public (Receipt Receipt, int EventId, byte[]? ContentHash) FindByKey(byte[] key)
    {
        Set(findByKey, key);
        using var row = findByKey.ExecuteReader();
        row.Read();
        var receipt = Receipt.For(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt32(2), row.GetInt32(3),
            new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero), row.GetFieldValue<byte[]>(5));
        return (receipt, row.GetInt32(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7));
    }

    /// <summary>How many people's practice signatures went.</summary>
    public int WipeRehearsal(int eventId)
    {
        using var strokes = Prepare(connection,
            "DELETE FROM signatures WHERE Sequence IN (SELECT Sequence FROM pledges WHERE EventId = $event AND Rehearsal = 1)", "$event");
        Set(strokes, eventId);
        strokes.ExecuteNonQuery();
        using var pledges = Prepare(connection, "DELETE FROM pledges WHERE EventId = $event AND Rehearsal = 1", "$event");
        Set(pledges, eventId);
        return pledges.ExecuteNonQuery();
    }

    /// <summary>The people of a request whose first pledge stands at a place; null where none stands or all is withdrawn.</summary>
    public (int EventId, bool Rehearsal, int? ClassId, IReadOnlyList<SignerRole> Roles, bool Family)? FindGroup(long sequence)
    {
        using var command = Prepare(connection,
            """
            SELECT EventId, Rehearsal, ClassId, Role, Family FROM pledges
            WHERE Sequence >= $sequence AND Sequence < $sequence + (SELECT Signers FROM pledges WHERE Sequence = $sequence)
              AND WithdrawnAt IS NULL
            ORDER BY Sequence
            """, "$sequence");
        Set(command, sequence);
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
        using var pledges = Prepare(connection,
            """
            UPDATE pledges SET WithdrawnAt = $at, Name = NULL, Relation = NULL, ContentHash = NULL
            WHERE Sequence >= $sequence AND Sequence < $sequence + $people
            """, "$sequence", "$people", "$at");
        Set(pledges, sequence, people, now.UtcTicks);
        pledges.ExecuteNonQuery();
        using var strokes = Prepare(connection,
            "DELETE FROM signatures WHERE Sequence >= $sequence AND Sequence < $sequence + $people", "$sequence", "$people");
        Set(strokes, sequence, people);
        strokes.ExecuteNonQuery();
    }

    public void InsertAct(long sequence, LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people)
    {
        using var command = Prepare(connection,
            "INSERT INTO ledger_acts (Sequence, Kind, EventId, At, By, Subject, People) VALUES ($sequence, $kind, $event, $at, $by, $subject, $people)",
            "$sequence", "$kind", "$event", "$at", "$by", "$subject", "$people");
        Set(command, sequence, (int)kind, eventId, now.UtcTicks, by, subject, people);
        command.ExecuteNonQuery();
    }

    private bool Insert(PledgeDraft draft, byte[] key, int position, long sequence, int number, DateTimeOffset now,
        int signers, byte[]? contentHash, byte[]? secret, byte[]? digest)
    {
        var signer = draft.Signers[position];
        return insertPledge
            .Add(sequence).Add(key).Add(position).Add(draft.EventId).Add(draft.ClassId).Add((int)signer.Role).Add(signer.TextId)
            .Add(signer.Name).Add((int?)signer.Relation).Add(signer.Strokes is null).Add((int)draft.Channel).Add(number)
            .Add(now.UtcTicks).Add(draft.Rehearsal).Add(position == 0 && draft.IsFamily).Add(draft.GuardianConsent)
            .Add(draft.ShowMaskedName).Add(signers).Add(contentHash).Add(secret).Add(digest)
            .Run();
    }

    public void Dispose()
    {
        insertPledge.Dispose();
        insertStrokes.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
