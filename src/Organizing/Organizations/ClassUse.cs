using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations;

/// <summary>
/// Where an organization's name and classes are in use. Looks beyond the access scope of the account that asks: a school's
/// class may be invited to the district's event, which the school does not see.
/// </summary>
public sealed class ClassUse(CampaignDbFactory dbFactory, PublishedEvents published)
{
    /// <summary>The classes of a school that an event has invited, that have a list of pupils, or that are merged.</summary>
    public async Task<HashSet<int>> OfSchoolAsync(int schoolId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Events.SelectMany(e => e.Classes).Where(c => c.SchoolId == schoolId).Select(c => c.Id)
            .Union(db.Roster.Where(r => r.Class.SchoolId == schoolId).Select(r => r.ClassId))
            .Union(db.Classes.Where(c => c.SchoolId == schoolId && c.MergedIntoId != null).Select(c => c.Id))
            .Union(db.Classes.Where(c => c.SchoolId == schoolId && c.MergedIntoId != null).Select(c => c.MergedIntoId!.Value))
            .ToHashSetAsync(cancellationToken);
    }

    /// <summary>
    /// Whether an event has invited the class, it has a list, somebody of it has signed, or it is merged: it
    /// stands for another one, or another one for it, to which posters and pages of before still lead.
    /// </summary>
    public async Task<bool> HasLeftTracesAsync(int classId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Events.AnyAsync(e => e.Classes.Any(c => c.Id == classId), cancellationToken)
            || await db.Roster.AnyAsync(r => r.ClassId == classId, cancellationToken)
            || await db.Pledges.AnyAsync(p => p.ClassId == classId, cancellationToken)
            || await db.Classes.AnyAsync(
                c => c.MergedIntoId == classId || (c.Id == classId && c.MergedIntoId != null), cancellationToken);
    }

    /// <summary>Phones and screens show the names and sizes: tells the events that do.</summary>
    public Task TellEventsAsync(int organizationId) =>
        published.ContentChangedAsync(e => e.OrganizationId == organizationId || e.Classes.Any(c => c.SchoolId == organizationId));
}
