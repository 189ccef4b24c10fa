using System.Data;
using Npgsql;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Nodes;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The ledger on a PostgreSQL server, shared by several nodes. A group is one transaction under one lock, so that over
/// all nodes the order of commits is the order of the sequence. What lies beyond the last place seen is therefore all
/// that other nodes have written since, without gaps; it is told before the group's own changes.
/// </summary>
/// <param name="source">The server's connections; the ledger keeps one of them.</param>
/// <param name="messageBus">Tells the other nodes that something was written.</param>
public class PostgresLedgerStore(NpgsqlDataSource source, NodeMessageBus messageBus) : LedgerStore
{
    private readonly ReceiptSecretGenerator secretGenerator = new();
    private readonly Dictionary<Guid, StoredRequest> known = [];
    private readonly HashSet<int> rehearsing = [];
    private NpgsqlConnection? connection;
    private PostgresLedgerStatements statements = null!;

    /// <inheritdoc/>
    public override bool IsOpen => connection is not null;

    /// <inheritdoc/>
    public override void Open(DateTimeOffset now)
    {
        var opened = source.OpenConnection();
        try
        {
            PostgresDurabilityCheck.Apply(opened);
            statements = new PostgresLedgerStatements(opened);
            Acts = new LedgerActStatements(opened);
            using var moment = opened.BeginTransaction(IsolationLevel.RepeatableRead);
            Counters = LedgerCounters.Load(opened, Sequences, now);
            moment.Commit();
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
        using var transaction = connection!.BeginTransaction();
        var drafts = group.OfType<RecordEntry>().Select(entry => entry.Draft).ToList();
        var (changes, changedRequests) = statements.Begin(drafts, Counters, known, rehearsing);
        RefreshAfterRemoteActs(changedRequests);
        var others = changes.Count;
        WriteEntries(connection!, group, changes, now);
        statements.Flush();
        transaction.Commit();
        if (changes.Count > others)
            messageBus.Publish(NodeMessageTopic.Ledger);
        return changes;
    }

    internal override LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now)
    {
        if (known.TryGetValue(draft.Key, out var stored))
            return Known(draft, stored);
        if (draft.Rehearsal && !rehearsing.Contains(draft.EventId))
            return new LedgerOutcome.Outdated();

        var sequence = Counters.LastSequence + 1;
        var number = Counters.LastNumber(draft.EventId, draft.Rehearsal) + 1;
        var (secret, salt) = (secretGenerator.NextSecret(), secretGenerator.NextSalt());
        var at = draft.SignedAt ?? now;
        var digest = Receipt.DigestOf(draft, sequence, at, salt);
        var duplicates = DetectDuplicate(draft);
        statements.Insert(draft, sequence, number, now, secret, salt, digest, duplicates);
        if (!draft.Rehearsal)
            statements.Freeze(draft.Signers.Select(s => s.TextId).Where(Counters.Freeze));

        if (draft.Flags != SigningFlags.None)
            Acts.Flag(sequence, draft.Flags);
        if (draft.Witness is { } witness)
            Acts.KeepWitness(sequence, witness);
        Counters.Advance(draft.EventId, draft.Rehearsal, draft.Signers.Count);
        var receipt = Receipt.For(sequence, secret, number, draft.Signers.Count, at, digest);
        known[draft.Key] = new StoredRequest(receipt, draft.EventId, draft.ContentHash);
        return new LedgerOutcome.Recorded(receipt) { Counts = Remember(draft, sequence, duplicates) };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        GC.SuppressFinalize(this);
        if (connection is null)
            return;
        connection.Dispose();
        connection = null;
        // When the server has gone, the pages' pooled connections are dead as well; each would fail one request.
        source.Clear();
    }

    private protected override void BeforeAct() => statements.Flush();
}
