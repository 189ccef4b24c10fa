using Microsoft.Data.Sqlite;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The ledger's own connection to SQLite, used by the writer's thread alone. Prepared statements rather than EF: the
/// same few rows are written thousands of times a second.
/// </summary>
public class SqliteLedgerStore(DataFolder folder) : LedgerStore
{
    private SqliteConnection? connection;
    private readonly SecretSource secrets = new();
    private LedgerStatements statements = null!;
    private LedgerCounters counters = null!;

    public override bool IsOpen => connection is not null;

    public override void Open()
    {
        // Not pooled: the pragmas below belong to this connection alone.
        var opened = new SqliteConnection(folder.ConnectionString + ";Pooling=False");
        try
        {
            opened.Open();
            LedgerPragmas.Apply(opened);
            statements = new LedgerStatements(opened);
            counters = LedgerCounters.Load(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        connection = opened;
    }

    internal override List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now)
    {
        var changes = new List<LedgerChange>(group.Count);
        statements.Begin.ExecuteNonQuery();
        foreach (var entry in group)
            if (entry.Write(this, now) is { } change)
                changes.Add(change);
        statements.Commit.ExecuteNonQuery();
        return changes;
    }

    internal override LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now)
    {
        var key = draft.Key.ToByteArray(bigEndian: true);
        var sequence = counters.LastSequence + 1;
        var number = counters.LastNumber(draft.EventId, draft.Rehearsal) + 1;
        var secret = secrets.Next();
        var digest = Receipt.DigestOf(draft.ContentHash, sequence, now, secret);

        if (!statements.InsertHead(draft, key, sequence, number, now, secret, digest))
            return Known(draft, key);
        for (var position = 1; position < draft.Signers.Count; position++)
            statements.InsertFollower(draft, key, position, sequence + position, number + position, now);
        for (var position = 0; position < draft.Signers.Count; position++)
            statements.InsertStrokes(sequence + position, draft.Signers[position].Strokes);
        if (!draft.Rehearsal)
            Freeze(draft, now);

        counters.Advance(draft.EventId, draft.Rehearsal, draft.Signers.Count);
        return new LedgerOutcome.Recorded(Receipt.For(sequence, secret, number, draft.Signers.Count, now, digest));
    }

    internal override LedgerChange? WipeRehearsal(int eventId, int? by, DateTimeOffset now)
    {
        var people = statements.WipeRehearsal(eventId);
        if (people == 0)
            return null;
        counters.ForgetRehearsal(eventId);
        return new LedgerChange.RehearsalWiped(eventId, Act(LedgerActKind.RehearsalWiped, eventId, now, by, null, people));
    }

    internal override LedgerChange? Withdraw(long sequence, DateTimeOffset now)
    {
        if (statements.FindGroup(sequence) is not { } group)
            return null;
        statements.Erase(sequence, group.Roles.Count, now);
        var last = Act(LedgerActKind.Withdrawn, group.EventId, now, null, sequence, group.Roles.Count);
        return new LedgerChange.People(group.EventId, last, group.Rehearsal, group.ClassId, group.Roles, group.Family, -1);
    }

    internal override LedgerChange NoteRecount(int eventId, int people, DateTimeOffset now) =>
        new LedgerChange.Recounted(eventId, Act(LedgerActKind.Recounted, eventId, now, null, null, people));

    public override void Dispose()
    {
        if (connection is null)
            return;
        statements.Dispose();
        connection.Dispose();
        connection = null;
        GC.SuppressFinalize(this);
    }

    private LedgerOutcome Known(PledgeDraft draft, byte[] key)
    {
        var (known, eventId, contentHash) = statements.FindByKey(key);
        // What was withdrawn has no hash any more: its receipt says so.
        var same = eventId == draft.EventId && (contentHash is null || contentHash.AsSpan().SequenceEqual(draft.ContentHash));
        return same ? new LedgerOutcome.Again(known) : new LedgerOutcome.KeyTaken();
    }

    private void Freeze(PledgeDraft draft, DateTimeOffset now)
    {
        foreach (var signer in draft.Signers)
            if (counters.Freeze(signer.TextId))
                statements.Freeze(signer.TextId, now);
    }

    private long Act(LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people)
    {
        var sequence = ++counters.LastSequence;
        statements.InsertAct(sequence, kind, eventId, now, by, subject, people);
        return sequence;
    }
}
