using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>Classes that take part where others do, to which their pupils belonged.</summary>
internal static class ClassInvitations
{
    /// <summary>
    /// Invites classes to the events at which signing has not ended and a class takes part from which their pupils come, with a line in
    /// the audit log for each event. To be called in the transaction that makes the classes, and saved by the caller: once done it is
    /// not done again, so that an organizer may leave them out.
    /// </summary>
    /// <param name="db">Sees and writes everything: the events are mostly those of other organizations.</param>
    /// <param name="classes">Each with the ids of the classes from which its pupils come.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task InviteAsync(
        CampaignDb db, ILookup<ClassGroup, int> classes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (classes.Count == 0)
            return;
        var from = classes.SelectMany(of => of).Distinct().ToList();
        foreach (var e in await RunningEvents.OfClassesAsync(db, from, now, cancellationToken))
        {
            var there = e.Classes.ToHashSet();
            var invited = classes.Where(of => !there.Contains(of.Key) && there.Any(c => of.Contains(c.Id))).Select(of => of.Key).ToList();
            if (invited.Count == 0)
                continue;
            e.Invite([.. e.Classes, .. invited]);
            db.Entry(e).Property(x => x.Revision).IsModified = true; // who has the list of its classes open is told
            db.Audit(AuditAction.EventClassesChosen, e, count: e.Classes.Count);
        }
    }
}
