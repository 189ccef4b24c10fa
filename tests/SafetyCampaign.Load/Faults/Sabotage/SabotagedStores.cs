using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Load.Faults.Sabotage;

/// <summary>Commits without waiting for the disk, as SQLite in WAL mode does when nobody asks for more.</summary>
internal sealed class UnsyncedStore(DataFolder folder) : SqliteLedgerStore(folder)
{
    public override void Open(DateTimeOffset now)
    {
        base.Open(now);
        using var pragma = ConnectionOf(this)!.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous=NORMAL";
        pragma.ExecuteNonQuery();
    }

    // The program has no door to its connection, and should have none for this.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "connection")]
    private static extern ref SqliteConnection? ConnectionOf(SqliteLedgerStore store);
}

/// <summary>Answers as soon as the rows are written, before they are committed.</summary>
internal sealed class HastyStore(DataFolder folder) : SqliteLedgerStore(folder)
{
    internal override List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now) =>
        base.Write([.. group.Select(entry => new AnsweredEarly(entry))], now);

    private sealed class AnsweredEarly(LedgerEntry entry) : LedgerEntry
    {
        public override LedgerChange? Write(LedgerStore store, DateTimeOffset now)
        {
            var change = entry.Write(store, now);
            entry.Answer();
            return change;
        }

        public override void Answer()
        {
        }

        public override void Fail()
        {
        }
    }
}

/// <summary>
/// Stores a repeated request again, as a table without a unique index does. (To take the index away is not enough to
/// build such a program: its statements name the index and would not be prepared.)
/// </summary>
internal sealed class ForgetfulStore(DataFolder folder) : SqliteLedgerStore(folder)
{
    private readonly HashSet<Guid> seen = [];

    internal override LedgerOutcome Record(PledgeDraft draft, DateTimeOffset now) =>
        base.Record(seen.Add(draft.Key) ? draft : draft with { Key = Guid.CreateVersion7() }, now);
}

/// <summary>Reads all that is stored for each act, one row after the other, as an act did that walked a whole chain.</summary>
internal sealed class WalkingStore(DataFolder folder) : SqliteLedgerStore(folder)
{
    private const int Steps = 600;

    internal override List<LedgerChange> Write(List<LedgerEntry> group, DateTimeOffset now) =>
        base.Write([.. group.Select(entry => entry is ActEntry ? new Walking(entry) : entry)], now);

    private sealed class Walking(LedgerEntry entry) : LedgerEntry
    {
        public override LedgerChange? Write(LedgerStore store, DateTimeOffset now)
        {
            for (var step = 1; step <= Steps; step++)
                _ = store.Merge(step, step, by: 0, now); // a pledge is never merged with itself: it is read, and nothing done
            return entry.Write(store, now);
        }

        public override void Answer() => entry.Answer();

        public override void Fail() => entry.Fail();
    }
}

/// <summary>Runs all checks for everybody who asks.</summary>
internal sealed class UncachedReadiness(HealthCheckService checks, TimeProvider time) : Readiness(checks, time)
{
    private readonly HealthCheckService checks = checks;

    public override Task<HealthReport> AskAsync() => checks.CheckHealthAsync();
}
