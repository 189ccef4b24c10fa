using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records;

/// <summary>Deletes the lists of pupils whose time has come: see <see cref="ExpiredRosters"/>.</summary>
public sealed partial class RosterRetention(
    CampaignDbFactory dbFactory, PledgeLedger ledger, PublishedEvents published, TimeProvider time, ILogger<RosterRetention> log)
{
    /// <summary>Deletes what is to be deleted today.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        foreach (var school in await ExpiredRosters.FindAsync(db, time.GetUtcNow(), erased: [], cancellationToken))
            await DeleteAsync(db, school.Key, [.. school], cancellationToken);
    }

    private async Task DeleteAsync(CampaignDb db, int schoolId, List<RosterEntry> entries, CancellationToken cancellationToken)
    {
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
        LogErased(schoolId, entries.Count, entries.DistinctBy(r => r.ClassId).Count());
        await published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == schoolId));
    }

    [LoggerMessage(2111, LogLevel.Information,
        "School {SchoolId}: {Pupils} pupils of the lists of {Classes} classes are deleted, since the time of these lists has come")]
    private partial void LogErased(int schoolId, int pupils, int classes);
}
