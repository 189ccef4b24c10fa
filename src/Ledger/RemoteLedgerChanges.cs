using System.Data.Common;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What other nodes have written to the ledger since this one wrote last, read under its lock.</summary>
internal sealed class RemoteLedgerChanges(LedgerCounters counters)
{
    private readonly long seen = counters.LastSequence;
    private readonly List<LedgerChange> changes = [];
    private readonly HashSet<int> toRecount = [];
    private readonly List<(int EventId, long Sequence)> changed = [];

    /// <summary>By event, a pledge of each request that acts have changed.</summary>
    public ILookup<int, long> ChangedRequests => changed.Distinct().ToLookup(pledge => pledge.EventId, pledge => pledge.Sequence);

    /// <summary>A pledge; those of a request come one after the other.</summary>
    public void AddPledge(DbDataReader row)
    {
        var (sequence, eventId, rehearsal) = (row.GetInt64(0), row.GetInt32(1), row.GetBoolean(2));
        counters.AdvanceTo(sequence, eventId, rehearsal, row.GetInt32(3));
        var classId = row.IsDBNull(4) ? (int?)null : row.GetInt32(4);
        var role = (SignerRole)row.GetInt32(5);
        var isCounted = row.IsDBNull(9);
        if (!rehearsal && !row.IsDBNull(6))
            counters.Children.AddStored(sequence - row.GetInt32(8), role, eventId, classId, row.GetString(6),
                row.IsDBNull(7) ? null : (GuardianRelation)row.GetInt32(7), (SignatureKind)row.GetInt32(12),
                row.IsDBNull(11) ? null : row.GetInt32(11), isCounted ? sequence : row.GetInt64(9));
        changes.Add(new LedgerChange.Counted(eventId, sequence, rehearsal,
            isCounted ? [new CountChange(classId, role, 1, row.GetBoolean(10) ? 1 : 0)] : []));
    }

    public void AddAct(DbDataReader row)
    {
        var (sequence, kind, eventId) = (row.GetInt64(0), (LedgerActKind)row.GetInt32(1), row.GetInt32(2));
        counters.LastSequence = Math.Max(counters.LastSequence, sequence);
        if (kind == LedgerActKind.RehearsalWiped)
            counters.ForgetRehearsal(eventId);
        if (kind == LedgerActKind.EventDeleted)
            counters.ForgetEvent(eventId);
        var (lastChanged, subject) = (LongOf(4), LongOf(6));
        // The last one that the act has changed may be what counts now in the subject's stead.
        if (kind != LedgerActKind.EventDeleted)
            changed.AddRange(from pledge in (long?[])[subject, lastChanged] where pledge is not null select (eventId, pledge.Value));
        // A pledge was read as the act left it, so the act's effect would be counted twice.
        if (lastChanged > seen)
            toRecount.Add(eventId);
        LedgerChange change = kind switch
        {
            LedgerActKind.RehearsalWiped => new LedgerChange.RehearsalWiped(eventId, sequence),
            LedgerActKind.EventDeleted => new LedgerChange.CountedAnew(eventId, sequence, [], []),
            // An act of a whole event, or one whose pledge was practice that has been wiped since: no count is left to change.
            _ when !row.IsDBNull(5) =>
                new LedgerChange.Counted(eventId, sequence, row.GetBoolean(5), CountChange.Read(row.IsDBNull(3) ? null : row.GetString(3))),
            _ => new LedgerChange.Recounted(eventId, sequence),
        };
        changes.Add(change with { ChangesStoredPledges = kind != LedgerActKind.Recounted });

        long? LongOf(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }

    /// <summary>In the order of the ledger.</summary>
    /// <param name="count">Counts an event's rows as they stand.</param>
    public List<LedgerChange> Changes(Func<int, long, LedgerChange> count)
    {
        foreach (var eventId in toRecount)
        {
            var last = changes.Where(change => change.EventId == eventId).Max(change => change.Sequence);
            changes.RemoveAll(change => change.EventId == eventId);
            changes.Add(count(eventId, last));
        }
        changes.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return changes;
    }
}
