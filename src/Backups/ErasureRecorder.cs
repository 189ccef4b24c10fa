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

    private readonly Lock turn = new();

    // One reading follows the other: to make a context anew takes longer than to read.
    private CampaignDb? reader;
    private Task current = Task.CompletedTask;
    private Task? next;

    // The last act that has been read; null before the first reading, which compares all acts with the list.
    private long? last;

    public void Dispose() => reader?.Dispose();

    public void Opened()
    {
    }

    public void Committed(IReadOnlyList<LedgerChange> changes)
    {
    }

    /// <summary>Acts that come meanwhile share the next reading and its one sync.</summary>
    public Task BeforeActIsAnsweredAsync()
    {
        lock (turn)
            return next ??= AfterAsync(current);
    }

    private async Task AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (turn)
            (current, next) = (next!, null);
        try
        {
            await CatchUpAsync();
        }
        catch (Exception failure)
        {
            LogNotListed(failure.GetType().Name, failure.Message);
        }
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
            var acts = await (
                from act in db.Acts.AsNoTracking()
                where act.Sequence > after && Followed.Contains(act.Kind)
                join e in db.Events on act.EventId equals e.Id
                select new FollowedAct(
                    act.Sequence, act.Kind, act.At, e.Code,
                    db.Pledges.Where(pledge => pledge.Sequence == act.Subject).Select(pledge => pledge.Key).FirstOrDefault(),
                    e.Campaign.Rules.OrderByDescending(r => r.Version).First().EndsOn)).ToListAsync();
            reader = db;
            return acts;
        }
        finally
        {
            if (reader is null)
                await db.DisposeAsync();
        }
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
