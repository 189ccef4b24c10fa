using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What SQLite is told for every pledge, prepared once for its connection.</summary>
internal sealed class SqliteLedgerStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteInsert insertPledge = new(connection,
        """
        INSERT INTO pledges (Sequence, Key, Position, EventId, ClassId, Role, TextId, Name, Relation, SignatureKind, Channel, Number,
            SignedAt, Rehearsal, Family, GuardianConsent, ShowMaskedName, Signers, ContentHash, Secret, Digest, CountedWith, VoucherKind,
            VoucherId, RulesVersion, ConsentHash, Salt, RosterEntryId)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (Key, Position) DO NOTHING
        """);

    private readonly SqliteInsert insertStrokes = new(connection, "INSERT INTO signatures (Sequence, Strokes) VALUES (?, ?)");

    private readonly SqliteCommand findByKey = Prepare(connection,
        "SELECT Sequence, Secret, Number, Signers, SignedAt, Digest, EventId, ContentHash FROM pledges WHERE Key = $key AND Position = 0",
        "$key");

    private readonly SqliteCommand freeze = Prepare(connection,
        "UPDATE pledge_texts SET FrozenAt = $at WHERE Id = $text AND FrozenAt IS NULL", "$text", "$at");

    private readonly SqliteCommand isRehearsing = Prepare(connection,
        $"SELECT 1 FROM events WHERE Id = $event AND State = {(int)EventState.Rehearsal}", "$event");

    public SqliteCommand Begin { get; } = Prepare(connection, "BEGIN IMMEDIATE");

    public SqliteCommand Commit { get; } = Prepare(connection, "COMMIT");

    /// <summary>False where the key is stored already.</summary>
    public bool InsertHead(PledgeDraft draft, byte[] key, long sequence, int number, DateTimeOffset now, byte[] secret, byte[] salt,
        byte[] digest, DuplicateOutcome duplicates) =>
        Insert(draft, key, 0, sequence, number, now, draft.Signers.Count, draft.ContentHash, secret, salt, digest, duplicates);

    public void InsertFollower(PledgeDraft draft, byte[] key, int position, long sequence, int number, DateTimeOffset now,
        DuplicateOutcome duplicates) =>
        Insert(draft, key, position, sequence, number, now, 0, null, null, null, null, duplicates);

    public void InsertStrokes(long sequence, byte[]? strokes)
    {
        if (strokes is not null)
            insertStrokes.Add(sequence).Add(strokes).Run();
    }

    public bool IsRehearsing(int eventId)
    {
        Set(isRehearsing, eventId);
        return isRehearsing.ExecuteScalar() is not null;
    }

    public void Freeze(int textId, DateTimeOffset now)
    {
        Set(freeze, textId, now.UtcTicks);
        freeze.ExecuteNonQuery();
    }

    public StoredRequest FindByKey(byte[] key)
    {
        Set(findByKey, key);
        using var row = findByKey.ExecuteReader();
        row.Read();
        var receipt = Receipt.For(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt32(2), row.GetInt32(3),
            new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero), row.GetFieldValue<byte[]>(5));
        return new StoredRequest(receipt, row.GetInt32(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7));
    }

    private bool Insert(PledgeDraft draft, byte[] key, int position, long sequence, int number, DateTimeOffset now,
        int signers, byte[]? contentHash, byte[]? secret, byte[]? salt, byte[]? digest, DuplicateOutcome duplicates)
    {
        var signer = draft.Signers[position];
        var voucher = position == 0 ? draft.Voucher : null;
        return insertPledge
            .Add(sequence).Add(key).Add(position).Add(draft.EventId).Add(signer.ClassId).Add((int)signer.Role).Add(signer.TextId)
            .Add(signer.Name).Add((int?)signer.Relation).Add((int)signer.SignatureKind).Add((int)draft.Channel).Add(number)
            .Add(now.UtcTicks).Add(draft.Rehearsal).Add(duplicates.IsFamilyAt(position)).Add(draft.GuardianConsent)
            .Add(draft.ShowMaskedName).Add(signers).Add(contentHash).Add(secret).Add(digest).Add(duplicates.CountedWith(position))
            .Add((int?)voucher?.Kind).Add(voucher?.Id)
            .Add(position == 0 ? draft.ShownConsent?.RulesVersion : null).Add(position == 0 ? draft.ConsentHash : null).Add(salt)
            .Add(signer.RosterEntryId)
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
