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
    ErasureList list, CampaignDbFactory dbFactory, TimeProvider time, ILogger<ErasureRecorder> log) : ILedgerSubscriber
{
    private static readonly LedgerActKind[] OfARequest =
        [LedgerActKind.Withdrawn, LedgerActKind.Erased, LedgerActKind.Corrected, LedgerActKind.MaskedNameWithdrawn];

    private readonly Lock turn = new();
    private Task current = Task.CompletedTask;
    private Task? next;

    // The last act that has been read; null before the first reading, which compares all acts with the list.
    private long? last;

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
        await using var db = dbFactory.Open();
        var known = last is null ? list.Read().Select(record => (record.Kind, record.Subject, record.At)).ToHashSet() : [];
        var after = last ?? 0;
        var acts = await (
            from act in db.Acts.AsNoTracking()
            where act.Sequence > after && act.Subject != null && OfARequest.Contains(act.Kind)
            join pledge in db.Pledges on act.Subject equals pledge.Sequence
            select new { act.Sequence, act.Kind, act.At, act.EventId, pledge.Key }).ToListAsync();
        var wiped = await (
            from act in db.Acts.AsNoTracking()
            where act.Sequence > after && act.Kind == LedgerActKind.RehearsalWiped
            join e in db.Events on act.EventId equals e.Id
            select new { act.Sequence, act.At, act.EventId, e.Code }).ToListAsync();
        var keepUntil = await KeepUntilAsync(db, [.. acts.Select(act => act.EventId), .. wiped.Select(act => act.EventId)]);
        var today = time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
        var records = acts.Select(act => (act.Kind, Subject: Convert.ToHexStringLower(act.Key), act.At, act.EventId))
            .Concat(wiped.Select(act => (Kind: LedgerActKind.RehearsalWiped, Subject: act.Code, act.At, act.EventId)))
            .Where(act => keepUntil[act.EventId] >= today && !known.Contains((act.Kind, act.Subject, act.At)))
            .Select(act => new ErasureRecord(act.Kind, act.Subject, act.At, keepUntil[act.EventId]));
        list.Append([.. records]);
        last = acts.Select(act => act.Sequence).Concat(wiped.Select(act => act.Sequence)).Append(after).Max();
    }

    /// <summary>A backup is to be deleted on the promised day; the list is kept for another term.</summary>
    private static async Task<Dictionary<int, DateOnly>> KeepUntilAsync(CampaignDb db, HashSet<int> events)
    {
        var ends = await db.Events.Where(e => events.Contains(e.Id))
            .Select(e => new { e.Id, e.Campaign.Rules.OrderByDescending(r => r.Version).First().EndsOn }).ToListAsync();
        return ends.ToDictionary(e => e.Id,
            e => PromisedDays.From(0, e.EndsOn).EraseOn.AddMonths(RulesSettings.MonthsOfATerm));
    }

    [LoggerMessage(2401, LogLevel.Error,
        "What was erased could not be entered into the list beside the database ({Kind}: {Reason}); the next act tries again")]
    private partial void LogNotListed(string kind, string reason);
}
