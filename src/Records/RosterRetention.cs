using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records;

/// <summary>
/// Deletes the lists of pupils whose time has come: with the names of the last campaign in whose events the class takes part, and a list
/// that no event uses a year after its last pupil has joined. A pupil to whom a pledge with a name still points stays until that goes.
/// </summary>
public sealed partial class RosterRetention(
    CampaignDbFactory dbFactory, PledgeLedger ledger, PublishedEvents published, TimeProvider time, ILogger<RosterRetention> log)
{
    /// <summary>For how long a list is kept that no event uses, in days.</summary>
    public const int UnusedDays = 365;

    /// <summary>Deletes what is to be deleted today.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var unusedSince = time.GetUtcNow().AddDays(-UnusedDays);
        // A list that came after the last of its campaigns was erased belongs to the next one, which may not be planned yet.
        var due = await db.Classes.Where(c => db.Roster.Any(r => r.ClassId == c.Id)
            && !db.Events.Any(e => e.Classes.Any(x => x.Id == c.Id) && e.Campaign.ErasedAt == null)
            && (db.Events.Any(e => e.Classes.Any(x => x.Id == c.Id)
                    && !db.Roster.Any(r => r.ClassId == c.Id && r.JoinedAt > e.Campaign.ErasedAt))
                || !db.Roster.Any(r => r.ClassId == c.Id && (r.JoinedAt > unusedSince || r.LeftAt > unusedSince))))
            .Select(c => new { c.Id, c.SchoolId }).ToListAsync(cancellationToken);
        foreach (var school in due.GroupBy(c => c.SchoolId, c => c.Id))
            await DeleteAsync(db, school.Key, [.. school], cancellationToken);
    }

    private async Task DeleteAsync(CampaignDb db, int schoolId, List<int> classes, CancellationToken cancellationToken)
    {
        var entries = await db.Roster.Where(r => classes.Contains(r.ClassId)).ToListAsync(cancellationToken);
        // Of who has moved, a pledge may lie in the event of a former class; seldom, so that reading past the other pledges is no matter.
        var signed = await db.Pledges.Where(p => p.RosterEntryId != null && p.Name != null).Select(p => p.RosterEntryId).Distinct()
            .ToListAsync(cancellationToken);
        entries.RemoveAll(r => signed.Contains(r.Id));
        if (entries.Count == 0)
            return;
        db.Roster.RemoveRange(entries);
        db.Audit(AuditAction.RostersErased, await db.Organizations.SingleAsync(o => o.Id == schoolId, cancellationToken), entries.Count);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear(); // another node is deleting them; what it leaves goes the next time
            return;
        }
        ledger.NoteErasure();
        LogErased(schoolId, entries.Count, classes.Count);
        await published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == schoolId), cancellationToken);
    }

    [LoggerMessage(2111, LogLevel.Information,
        "School {SchoolId}: {Pupils} pupils of the lists of {Classes} classes are deleted, since the time of these lists has come")]
    private partial void LogErased(int schoolId, int pupils, int classes);
}
