using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>The events at which signing has not ended: their classes follow the lists; those that are over stay as they were.</summary>
internal static class RunningEvents
{
    /// <summary>
    /// Those in which any of some classes takes part, with their classes; of other organizations as well, whose events these are mostly.
    /// </summary>
    public static async Task<List<CampaignEvent>> OfClassesAsync(
        CampaignDb db, IReadOnlyCollection<int> classes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = await db.Events.IgnoreQueryFilters().Where(e => e.State != EventState.Closed && e.ArchivedAt == null)
            .Where(e => e.Classes.Any(c => classes.Contains(c.Id))).Include(e => e.Classes).ToListAsync(cancellationToken);
        return events.FindAll(e => e.SigningEndedAt(now) is null);
    }

    /// <summary>Whether a class is merged into another one that takes part.</summary>
    public static bool HasStandInFor(CampaignEvent e, ClassGroup c) =>
        c.MergedIntoId is { } into && e.Classes.Exists(other => other.Id == into);
}
