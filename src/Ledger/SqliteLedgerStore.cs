using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The ledger's own connection to SQLite, used by the writer's thread alone. Prepared statements rather than EF: the
/// same few rows are written thousands of times a second.
/// </summary>
/// <param name="folder">Where the database file lies.</param>
public class SqliteLedgerStore(DataFolder folder) : LedgerStore
{
    /// <summary>
    /// In milliseconds: how long <see cref="TruncateLog"/> waits for readers, and signatures with it. A page reads for less;
    /// a backup reads for longer, and is not waited for.
    /// </summary>
    private const int MaxReaderWait = 20;

    private readonly ReceiptSecretGenerator secretGenerator = new();
    private SqliteConnection? connection;
    private SqliteLedgerStatements statements = null!;

    /// <inheritdoc/>
    public override bool IsOpen => connection is not null;

    /// <summary>After a crash the log has been left as it was.</summary>
    internal override bool HoldsLogAtOpening => true;

    /// <inheritdoc/>
    public override void Open(DateTimeOffset now)
    {
        // Not pooled: the pragmas below belong to this connection alone.
        var opened = new SqliteConnection(folder.ConnectionString + ";Pooling=False");
        SqliteLedgerStatements? prepared = null;
        try
        {
            opened.Open();
            SqliteLedgerPragmas.Apply(opened);
            SqliteFunctions.AddSha256(opened);
            prepared = new SqliteLedgerStatements(opened);
            Acts = new LedgerActStatements(opened);
            Counters = LedgerCounters.Load(opened, Sequences, now);
        }
        catch
        {
            prepared?.Dispose(); // a connection with a prepared statement stays open
            opened.Dispose();
            throw;
        }
        (statements, connection) = (prepared, opened);
    }

    internal override List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now)
    {
        var changes = new List<LedgerChange>(group.Count);
        statements.Begin.ExecuteNonQuery();
        WriteEntries(connection!, group, changes, now);
        statements.Commit.ExecuteNonQuery();
        return changes;
    }

    internal override LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now)
    {
        if (draft.Rehearsal && !statements.IsRehearsing(draft.EventId))
            return new LedgerOutcome.Outdated();
        var key = draft.Key.ToByteArray(bigEndian: true);
        var sequence = Counters.LastSequence + 1;
        var number = Counters.LastNumber(draft.EventId, draft.Rehearsal) + 1;
        var (secret, salt) = (secretGenerator.NextSecret(), secretGenerator.NextSalt());
        var at = draft.SignedAt ?? now;
        var digest = Receipt.DigestOf(draft, sequence, at, salt);

        var duplicates = DetectDuplicate(draft);

        if (!statements.InsertHead(draft, key, sequence, number, at, secret, salt, digest, duplicates))
            return Known(draft, statements.FindByKey(key));
        for (var position = 1; position < draft.Signers.Count; position++)
            statements.InsertFollower(draft, key, position, sequence + position, number + position, at, duplicates);
        for (var position = 0; position < draft.Signers.Count; position++)
            statements.InsertStrokes(sequence + position, draft.Signers[position].Strokes);
        if (!draft.Rehearsal)
            Freeze(draft, now);

        if (draft.Flags != SigningFlags.None)
            Acts.Flag(sequence, draft.Flags);
        if (draft.Witness is { } witness)
            Acts.KeepWitness(sequence, witness);
        Counters.Advance(draft.EventId, draft.Rehearsal, draft.Signers.Count);
        return new LedgerOutcome.Recorded(Receipt.For(sequence, secret, number, draft.Signers.Count, at, digest))
        {
            Counts = Remember(draft, sequence, duplicates),
        };
    }

    internal override bool TruncateLog()
    {
        if (connection is null)
            return false;
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout={MaxReaderWait}";
        command.ExecuteNonQuery();
        try
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)"; // answers 1 where a reader of an earlier state did not let it
            return command.ExecuteScalar() is 0L;
        }
        finally
        {
            command.CommandText = $"PRAGMA busy_timeout={SqliteLedgerPragmas.BusyTimeout}";
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (connection is null)
            return;
        statements.Dispose();
        connection.Dispose();
        connection = null;
        GC.SuppressFinalize(this);
    }

    private void Freeze(PledgeDraft draft, DateTimeOffset now)
    {
        foreach (var signer in draft.Signers)
            if (Counters.Freeze(signer.TextId))
                statements.Freeze(signer.TextId, now);
    }
}
