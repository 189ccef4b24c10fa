using Npgsql;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// What PostgreSQL is told for every group: one round trip to begin, one to insert all rows. Across a network it is the
/// round trips that cost.
/// </summary>
internal sealed class PostgresLedgerStatements(NpgsqlConnection connection)
{
    /// <summary>
    /// Timeout of a statement in seconds: longer than the 2 s after which the server ends a frozen node's session
    /// (<see cref="PostgresDurabilityCheck"/>).
    /// </summary>
    private const int BatchTimeoutSeconds = 3;

    /// <summary>The pledges that others have written since, as they were written: what an act has changed in them, the act tells.</summary>
    private const string SignedElsewhere =
        """
        SELECT "Sequence", "EventId", "Rehearsal", "Number", "ClassId", "Role", "Name", "Relation", "Position", "CountedWith", "Family",
            "RosterEntryId", "SignatureKind"
        FROM pledges WHERE "Sequence" > $1 ORDER BY "Sequence"
        """;

    private const string ActsElsewhere =
        """
        SELECT "Sequence", "Kind", "EventId", "Effect", "Reaches", (SELECT "Rehearsal" FROM pledges WHERE "Sequence" = "Subject"),
            "Subject"
        FROM ledger_acts act WHERE "Sequence" > $1 ORDER BY "Sequence"
        """;

    private const string CountEvent =
        $"""
        SELECT "Rehearsal", "ClassId", "Role", count(*), count(*) FILTER (WHERE "Family") FROM pledges
        WHERE "EventId" = $1 AND {CountingRule.CountsSql}
        GROUP BY "Rehearsal", "ClassId", "Role"
        """;

    private const string FindByKeys =
        """
        SELECT "Key", "Sequence", "Secret", "Number", "Signers", "SignedAt", "Digest", "EventId", "ContentHash"
        FROM pledges WHERE "Key" = ANY($1) AND "Position" = 0
        """;

    private const string InsertPledges =
        """
        INSERT INTO pledges ("Sequence", "Key", "Position", "EventId", "ClassId", "Role", "TextId", "Name", "Relation", "SignatureKind",
            "Channel", "Number", "SignedAt", "Rehearsal", "Family", "GuardianConsent", "ShowMaskedName", "Signers", "ContentHash",
            "Secret", "Digest", "CountedWith", "VoucherKind", "VoucherId", "RulesVersion", "ConsentHash", "Salt",
            "RosterEntryId")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
            $25, $26, $27, $28)
        ON CONFLICT ("Key", "Position") DO NOTHING
        """;

    private readonly List<Row> rows = [];
    private readonly HashSet<int> freezing = [];
    private DateTimeOffset now;

    private sealed record Row(
        PledgeDraft Draft, byte[] Key, int Position, long Sequence, int Number, byte[]? Secret, byte[]? Salt, byte[]? Digest,
        DuplicateOutcome Duplicates)
    {
        public SignerDraft Signer => Draft.Signers[Position];

        public Voucher? Voucher => Position == 0 ? Draft.Voucher : null;
    }

    /// <summary>Takes the ledger's lock and reads what has to be known under it.</summary>
    /// <returns>What other nodes have done since the last group, and by event the requests that their acts have changed.</returns>
    public (List<LedgerChange> Changes, ILookup<int, long> ChangedRequests) Begin(
        List<PledgeDraft> drafts, LedgerCounters counters, Dictionary<Guid, StoredRequest> known, HashSet<int> rehearsing)
    {
        rows.Clear();
        freezing.Clear();
        using var batch = Batch(
            Command($"SELECT pg_advisory_xact_lock({PostgresCampaignDb.LedgerLock})"),
            Command(SignedElsewhere, Value(counters.LastSequence)),
            Command(ActsElsewhere, Value(counters.LastSequence)),
            Command(FindByKeys, Value(drafts.Select(d => KeyOf(d.Key)).ToArray())),
            Command("""SELECT "Id" FROM events WHERE "Id" = ANY($1) AND "State" = $2""",
                Value(drafts.Where(d => d.Rehearsal).Select(d => d.EventId).Distinct().ToArray()), Value((int)EventState.Rehearsal)));
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var remote = new RemoteLedgerChanges(counters);
        while (reader.Read())
            remote.AddPledge(reader);
        reader.NextResult();
        while (reader.Read())
            remote.AddAct(reader);
        reader.NextResult();
        known.Clear();
        while (reader.Read())
            known[new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true)] = ReadStored(reader);
        reader.NextResult();
        rehearsing.Clear();
        while (reader.Read())
            rehearsing.Add(reader.GetInt32(0));
        reader.Close();
        return (remote.Changes(Count), remote.ChangedRequests);
    }

    public void Insert(PledgeDraft draft, long sequence, int number, DateTimeOffset at, byte[] secret, byte[] salt, byte[] digest,
        DuplicateOutcome duplicates)
    {
        now = at;
        var key = KeyOf(draft.Key);
        rows.Add(new Row(draft, key, 0, sequence, number, secret, salt, digest, duplicates));
        for (var position = 1; position < draft.Signers.Count; position++)
            rows.Add(new Row(draft, key, position, sequence + position, number + position, null, null, null, duplicates));
    }

    public void Freeze(IEnumerable<int> texts) => freezing.UnionWith(texts);

    /// <summary>Sends the rows that wait.</summary>
    public void Flush()
    {
        if (rows.Count == 0)
            return;
        var drawn = rows.Where(r => r.Signer.Strokes is not null).ToList();
        using var batch = Batch(
            Command(InsertPledges, Columns()),
            Command("""INSERT INTO signatures ("Sequence", "Strokes") SELECT * FROM unnest($1, $2)""",
                Value(drawn.Select(r => r.Sequence).ToArray()), Value(drawn.Select(r => r.Signer.Strokes!).ToArray())),
            Command("""UPDATE pledge_texts SET "FrozenAt" = $1 WHERE "Id" = ANY($2) AND "FrozenAt" IS NULL""",
                Value(now.UtcTicks), Value(freezing.ToArray())));
        batch.ExecuteNonQuery();
        // The keys were looked up under the lock; a conflict means that somebody writes without it, and numbers would be wrong.
        if (batch.BatchCommands[0].RecordsAffected != rows.Count)
            throw new InvalidOperationException("Somebody else writes pledges without taking the ledger's lock.");
        rows.Clear();
        freezing.Clear();
    }

    private NpgsqlParameter[] Columns() =>
    [
        Column(r => r.Sequence), Column(r => r.Key), Column(r => r.Position), Column(r => r.Draft.EventId), Column(r => r.Signer.ClassId),
        Column(r => (int)r.Signer.Role), Column(r => r.Signer.TextId), Column(r => r.Signer.Name), Column(r => (int?)r.Signer.Relation),
        Column(r => (int)r.Signer.SignatureKind), Column(r => (int)r.Draft.Channel), Column(r => r.Number),
        Column(r => (r.Draft.SignedAt ?? now).UtcTicks),
        Column(r => r.Draft.Rehearsal), Column(r => r.Duplicates.IsFamilyAt(r.Position)), Column(r => r.Draft.GuardianConsent),
        Column(r => r.Draft.ShowMaskedName), Column(r => r.Position == 0 ? r.Draft.Signers.Count : 0),
        Column(r => r.Position == 0 ? r.Draft.ContentHash : null), Column(r => r.Secret), Column(r => r.Digest),
        Column(r => r.Duplicates.CountedWith(r.Position)), Column(r => (int?)r.Voucher?.Kind), Column(r => r.Voucher?.Id),
        Column(r => r.Position == 0 ? r.Draft.ShownConsent?.RulesVersion : null), Column(r => r.Position == 0 ? r.Draft.ConsentHash : null),
        Column(r => r.Salt), Column(r => r.Signer.RosterEntryId),
    ];

    private NpgsqlParameter<T[]> Column<T>(Func<Row, T> value) => Value(rows.Select(value).ToArray());

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = BatchTimeoutSeconds };
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }

    private static byte[] KeyOf(Guid key) => key.ToByteArray(bigEndian: true);

    private static StoredRequest ReadStored(NpgsqlDataReader row) => new(
        Receipt.For(row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt32(3), row.GetInt32(4),
            new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero), row.GetFieldValue<byte[]>(6)),
        row.GetInt32(7), row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8));

    /// <summary>What the rows of an event add up to, in and out of rehearsal.</summary>
    private LedgerChange.CountedAnew Count(int eventId, long sequence)
    {
        using var batch = Batch(Command(CountEvent, Value(eventId)));
        using var row = batch.ExecuteReader();
        var (counts, rehearsed) = (new List<CountChange>(), new List<CountChange>());
        while (row.Read())
            (row.GetBoolean(0) ? rehearsed : counts).Add(new CountChange(
                row.IsDBNull(1) ? null : row.GetInt32(1), (SignerRole)row.GetInt32(2), (int)row.GetInt64(3), (int)row.GetInt64(4)));
        return new LedgerChange.CountedAnew(eventId, sequence, counts, rehearsed) { ChangesStoredPledges = true };
    }
}
