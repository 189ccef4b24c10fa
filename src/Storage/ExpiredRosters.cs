using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The lists of pupils whose time has come: with the names of the last campaign in whose events the class takes part, and a list that no
/// event uses a year after its last pupil has joined. A pupil to whom a pledge with a name still points stays until that goes.
/// </summary>
public static class ExpiredRosters
{
    /// <summary>For how long a list is kept that no event uses, in days.</summary>
    public const int UnusedDays = 365;

    /// <summary>The pupils to be deleted, by the school.</summary>
    /// <param name="db">Sees every organization.</param>
    /// <param name="now">The moment.</param>
    /// <param name="erased">Campaigns whose names are erased though that is not noted yet, by their numbers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<IGrouping<int, RosterEntry>>> FindAsync(
        CampaignDb db, DateTimeOffset now, IReadOnlyCollection<int> erased, CancellationToken cancellationToken)
    {
        var unusedSince = now.AddDays(-UnusedDays);
        // A list that came after the last of its campaigns was erased belongs to the next one, which may not be planned yet.
        var classes = await db.Classes.Where(c => db.Roster.Any(r => r.ClassId == c.Id)
            && !db.Events.Any(e => e.Classes.Any(x => x.Id == c.Id) && e.Campaign.ErasedAt == null && !erased.Contains(e.CampaignId))
            && (db.Events.Any(e => e.Classes.Any(x => x.Id == c.Id)
                    && !db.Roster.Any(r => r.ClassId == c.Id && r.JoinedAt > e.Campaign.ErasedAt))
                || !db.Roster.Any(r => r.ClassId == c.Id && (r.JoinedAt > unusedSince || r.LeftAt > unusedSince))))
            .ToDictionaryAsync(c => c.Id, c => c.SchoolId, cancellationToken);
        if (classes.Count == 0)
            return [];
        var of = classes.Keys.ToList();
        // Of who has moved, a pledge may lie in the event of a former class.
        var entries = await db.Roster.Where(r => of.Contains(r.ClassId)
            && !db.Pledges.Any(p => p.RosterEntryId == r.Id && p.Name != null)).ToListAsync(cancellationToken);
        return [.. entries.GroupBy(r => classes[r.ClassId])];
    }
}
