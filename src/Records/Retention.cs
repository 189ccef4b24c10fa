using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records;

/// <summary>
/// Keeps what the rules on children's data promise (<see cref="RulesSettings.EraseOn"/>): on that day a campaign's names,
/// relations and signatures go, and its counts stay. It runs every ten minutes, and continues
/// where it was stopped. Several nodes may do it at once: what is gone is not erased again. It waits while the clock is not
/// believed (<see cref="ClockCheck"/>).
/// </summary>
public sealed partial class Retention(CampaignDbFactory dbFactory, PledgeLedger ledger, ErasureCleanup cleanup, PublishedEvents published,
    RosterRetention rosters, KeptCopies copies, PreparedFiles prepared, ErasureList erasures, ClockCheck clock, TimeProvider time,
    ILogger<Retention> log)
    : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Pledges erased in one transaction: the ledger writes nothing else meanwhile.</summary>
    private const int BatchSize = 256;

    private static readonly LedgerActKind[] Erasing =
        [
            LedgerActKind.RehearsalWiped, LedgerActKind.Withdrawn, LedgerActKind.Corrected, LedgerActKind.Erased, LedgerActKind.Expired,
            LedgerActKind.EventDeleted,
        ];

    /// <summary>Why a campaign could not be erased, by its row: told when it begins and when it changes.</summary>
    private readonly ConcurrentDictionary<int, string> failing = new();

    private DateOnly? toldNotRewritten;

    /// <summary>Erases what is to be erased today, and ends the campaigns in which nothing is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await clock.RunAsync(cancellationToken);
        if (!clock.IsTrusted)
            return;
        var today = Time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
        foreach (var campaign in await FindDueAsync(today, cancellationToken))
            await TryEraseAsync(campaign, today, cancellationToken);
        await rosters.RunAsync(cancellationToken);
        await DeleteCopiesAsync(cancellationToken);
        if (TimeZoneInfo.ConvertTime(Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone)).Hour is >= 2 and < 5)
            await RewriteAsync(cancellationToken);
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) =>
        LogErasureFailed(failure.GetType().Name, failure.Message, Interval);

    /// <summary>The campaigns whose day may have come, by their rows; <see cref="Campaign.IsToBeErased"/> decides.</summary>
    private async Task<List<int>> FindDueAsync(DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        // A month may be up to three days shorter than the one that a term is counted from.
        var last = today.AddMonths(-RulesSettings.MonthsOfATerm).AddDays(3);
        return await db.Campaigns.Where(c => c.ErasedAt == null && c.Rules.Any(r => r.EndsOn <= last)).OrderBy(c => c.Id).Select(c => c.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Each in a unit of work of its own: what stands in the way of one keeps nobody else's promise from being kept.</summary>
    private async Task TryEraseAsync(int campaignId, DateOnly today, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = dbFactory.Open();
            var campaign = await db.Campaigns.Include(c => c.Rules).Include(c => c.Events).ThenInclude(e => e.Organization).AsSplitQuery()
                .SingleOrDefaultAsync(c => c.Id == campaignId && c.ErasedAt == null, cancellationToken);
            if (campaign?.IsToBeErased(today) == true)
                await EraseAsync(db, campaign, cancellationToken);
            failing.TryRemove(campaignId, out _);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An organizer or another node has changed it meanwhile: at the next look.
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var now = $"{failure.GetType().Name}: {failure.Message}";
            if (!failing.TryGetValue(campaignId, out var before) || before != now)
                LogCampaignNotErased(campaignId, failure.GetType().Name, failure.Message, Interval);
            failing[campaignId] = now;
        }
    }

    private async Task EraseAsync(CampaignDb db, Campaign campaign, CancellationToken cancellationToken)
    {
        // First nobody may sign any more, or names would come after those that are erased.
        foreach (var open in campaign.Events.Where(e => e.State == EventState.Open))
        {
            open.Close(Time.GetUtcNow());
            db.Audit(AuditAction.SigningClosed, open);
            await db.SaveChangesAsync(cancellationToken);
            await published.ChangedAsync(open.Id, cancellationToken);
        }
        var pledges = 0;
        foreach (var e in campaign.Events)
            pledges += await EraseAsync(db, e, cancellationToken);
        if (pledges > 0)
            LogErased(campaign.Id, pledges, campaign.RulesInForce.Settings.EraseOn);
        // A signature may have been on its way here, or at a node that had not heard yet: the next look finds the rest, or nothing.
        // And who practises in an event that is rehearsed signs with a name as well.
        if (!await cleanup.RunAsync(cancellationToken) || pledges > 0 || campaign.Events.Exists(e => e.State == EventState.Rehearsal))
            return;
        campaign.NoteErased(Time.GetUtcNow());
        db.Audit(AuditAction.CampaignErased, campaign);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>In the night after an erasure, while nobody signs: by an act of the ledger, or of what lies beside it.</summary>
    private async Task RewriteAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var known = await db.Maintenance.Select(m => new { m.RewrittenThrough, m.ErasedAt }).SingleAsync(cancellationToken);
        var last = await db.Acts.Where(a => a.Sequence > known.RewrittenThrough && Erasing.Contains(a.Kind))
            .MaxAsync(a => (long?)a.Sequence, cancellationToken);
        var quietSince = Time.GetUtcNow() - Interval;
        if ((last is null && known.ErasedAt is null)
            || await db.Pledges.OrderByDescending(p => p.Sequence).Take(1).AnyAsync(p => p.SignedAt > quietSince, cancellationToken))
            return;
        try
        {
            await db.RewriteErasedAsync(cancellationToken);
            if (!await cleanup.RunAsync(cancellationToken))
                return; // somebody reads, such as a backup: what was rewritten stands in the log alone; tried again at the next look
            var through = last ?? known.RewrittenThrough;
            await db.Maintenance.ExecuteUpdateAsync(row => row.SetProperty(m => m.RewrittenThrough, through), cancellationToken);
            await db.Maintenance.Where(m => m.ErasedAt == known.ErasedAt) // what was erased meanwhile goes in the next night
                .ExecuteUpdateAsync(row => row.SetProperty(m => m.ErasedAt, (DateTimeOffset?)null), cancellationToken);
            LogRewritten(through);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            var today = Time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
            if (toldNotRewritten != today)
                LogNotRewritten(failure.Message);
            toldNotRewritten = today;
        }
    }

    /// <returns>How many of the event's pledges there were to erase.</returns>
    private async Task<int> EraseAsync(CampaignDb db, CampaignEvent e, CancellationToken cancellationToken)
    {
        var (erased, last) = (0, 0L);
        while (true)
        {
            // Found here, so that the ledger's writer has nothing to search for.
            var pledges = await db.Pledges
                .Where(p => p.EventId == e.Id && p.Sequence > last && (p.Name != null || p.ContentHash != null))
                .OrderBy(p => p.Sequence).Select(p => p.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
            if (pledges.Count == 0)
            {
                var deleted = await ErasureBesideLedger.DeleteAsync(db, e.Id, cancellationToken);
                if (deleted.Total > 0)
                    ledger.NoteErasure();
                if (deleted.ReportPhotos > 0)
                    prepared.Drop(e.Id);
                return erased;
            }
            await ledger.ExpireAsync(e.Id, pledges,
                AuditEntry.Of(AuditAction.NamesExpired, e, AuditActor.Program, count: pledges.Count));
            (erased, last) = (erased + pledges.Count, pledges[^1]);
        }
    }

    /// <summary>Copies of the database hold the same names.</summary>
    private async Task DeleteCopiesAsync(CancellationToken cancellationToken)
    {
        if (await copies.DeleteDueAsync(cancellationToken) is > 0 and var deleted)
            LogCopiesDeleted(deleted);
        erasures.Prune(Time.GetUtcNow().DayIn(CampaignEvent.DefaultZone));
    }

    [LoggerMessage(2101, LogLevel.Error, "What was promised to be erased could not be ({Kind}: {Reason}); the next try is in {Interval}")]
    private partial void LogErasureFailed(string kind, string reason, TimeSpan interval);

    [LoggerMessage(2105, LogLevel.Error,
        "Campaign {CampaignId}: what was promised to be erased could not be ({Kind}: {Reason}); the next try is in {Interval}")]
    private partial void LogCampaignNotErased(int campaignId, string kind, string reason, TimeSpan interval);

    [LoggerMessage(2103, LogLevel.Information,
        "The tables of pledges and signatures are rewritten; what was erased up to {Sequence} is gone from the database's files")]
    private partial void LogRewritten(long sequence);

    [LoggerMessage(2104, LogLevel.Warning,
        "The tables of pledges and signatures could not be rewritten ({Reason}); erased names may stay in free parts of their pages")]
    private partial void LogNotRewritten(string reason);

    [LoggerMessage(2102, LogLevel.Information,
        "Campaign {CampaignId}: names and signatures of {Pledges} pledges are erased, as promised for {Day}; its counts stay")]
    private partial void LogErased(int campaignId, int pledges, DateOnly day);

    [LoggerMessage(2110, LogLevel.Information, "{Copies} copies of the database are deleted, as promised to those whose names they hold")]
    private partial void LogCopiesDeleted(int copies);
}
