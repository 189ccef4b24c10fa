using System.Data;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>
/// Follows the ledger's acts and enters those that erase into the <see cref="ErasureList"/>, before whoever asked for one is told
/// that it is done. On PostgreSQL each node enters the acts of all.
/// </summary>
internal sealed partial class ErasureRecorder(
    ErasureList list, CampaignDbFactory dbFactory, TimeProvider time, ILogger<ErasureRecorder> log) : ILedgerSubscriber, IDisposable
{
    /// <summary>All but the last are of a request.</summary>
    private static readonly LedgerActKind[] Followed =
    [
        LedgerActKind.Withdrawn, LedgerActKind.Erased, LedgerActKind.Corrected, LedgerActKind.MaskedNameWithdrawn,
        LedgerActKind.RehearsalWiped,
    ];

    private static readonly string Sql =
        $"""
        SELECT a."Sequence", a."Kind", a."At", e."Code", (SELECT p."Key" FROM pledges p WHERE p."Sequence" = a."Subject"),
            (SELECT r."EndsOn" FROM children_rules r WHERE r."CampaignId" = e."CampaignId" ORDER BY r."Version" DESC LIMIT 1)
        FROM ledger_acts a JOIN events e ON e."Id" = a."EventId"
        WHERE a."Sequence" > @after AND a."Kind" IN ({string.Join(", ", Followed.Select(kind => (int)kind))})
        ORDER BY a."Sequence"
        """;

    private readonly Channel<TaskCompletionSource> waiting = Channel.CreateUnbounded<TaskCompletionSource>(
        new UnboundedChannelOptions { SingleReader = true });

    private int isStarted;

    // One reading follows the other: to make a context anew takes longer than to read.
    private CampaignDb? reader;

    // The last act that has been read; null before the first reading, which compares all acts with the list.
    private long? last;

    public void Dispose() => waiting.Writer.TryComplete();

    public void Opened()
    {
    }

    public void Committed(IReadOnlyList<LedgerChange> changes)
    {
    }

    public Task BeforeActIsAnsweredAsync()
    {
        if (Interlocked.Exchange(ref isStarted, 1) == 0)
            _ = LowPriorityThread.RunAsync("Erasure list", RecordAsync);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.Writer.TryWrite(entered) ? entered.Task : Task.CompletedTask;
    }

    /// <summary>
    /// On a thread of its own, since it waits for the disk: on the thread pool those who sign would wait with it. Acts that come
    /// meanwhile share the next reading and its one sync.
    /// </summary>
    private async Task<int> RecordAsync()
    {
        var together = new List<TaskCompletionSource>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (waiting.Reader.TryRead(out var act))
                together.Add(act);
            try
            {
                await CatchUpAsync();
            }
            catch (Exception failure)
            {
                LogNotListed(failure.GetType().Name, failure.Message);
            }
            together.ForEach(act => act.SetResult());
            together.Clear();
        }
        if (reader is not null)
            await reader.DisposeAsync();
        return 0;
    }

    private async Task CatchUpAsync()
    {
        var known = last is null ? list.Read().Select(record => (record.Kind, record.Subject, record.At)).ToHashSet() : [];
        var after = last ?? 0;
        var acts = await ReadAfterAsync(after);
        var today = time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
        var records =
            from act in acts
            let subject = act.Kind == LedgerActKind.RehearsalWiped ? act.Code : act.Key is { } key ? Convert.ToHexStringLower(key) : null
            let keepUntil = KeepUntil(act.EndsOn)
            where subject is not null && keepUntil >= today && !known.Contains((act.Kind, subject, act.At))
            select new ErasureRecord(act.Kind, subject, act.At, keepUntil);
        list.Append([.. records]);
        last = acts.Select(act => act.Sequence).Append(after).Max();
    }

    private async Task<List<FollowedAct>> ReadAfterAsync(long after)
    {
        var db = reader ?? dbFactory.Open();
        reader = null; // of a reading that fails nothing is used again
        try
        {
            if (db.Database.GetDbConnection().State != ConnectionState.Open)
                await db.Database.OpenConnectionAsync();
            var acts = await ReadAfterAsync(db.Database.GetDbConnection(), after);
            if (!db.MayKeepConnection)
                await db.Database.CloseConnectionAsync();
            reader = db;
            return acts;
        }
        finally
        {
            if (reader is null)
                await db.DisposeAsync();
        }
    }

    /// <summary>
    /// By a statement of its own: each withdrawal waits for it, and the same query through the model takes several times as long.
    /// </summary>
    private static async Task<List<FollowedAct>> ReadAfterAsync(DbConnection connection, long after)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = ("@after", DbType.Int64, after);
        command.Parameters.Add(parameter);
        var acts = new List<FollowedAct>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            acts.Add(new FollowedAct(row.GetInt64(0), (LedgerActKind)row.GetInt32(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
                row.GetString(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4), row.GetFieldValue<DateOnly>(5)));
        return acts;
    }

    /// <summary>A backup is to be deleted on the promised day; the list is kept for another term.</summary>
    private static DateOnly KeepUntil(DateOnly endsOn) =>
        PromisedDays.From(0, endsOn).EraseOn.AddMonths(RulesSettings.MonthsOfATerm);

    [LoggerMessage(2401, LogLevel.Error,
        "What was erased could not be entered into the list beside the database ({Kind}: {Reason}); the next act tries again")]
    private partial void LogNotListed(string kind, string reason);

    private sealed record FollowedAct(
        long Sequence, LedgerActKind Kind, DateTimeOffset At, string Code, byte[]? Key, DateOnly EndsOn);
}
