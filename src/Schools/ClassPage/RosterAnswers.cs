using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>Keeps what a class teacher notes of pupils who have not signed.</summary>
public sealed class RosterAnswers(CampaignDbFactory dbFactory, TimeProvider time)
{
    /// <summary>Notes it; null takes back what was noted. False where the entry is not on the list of that class.</summary>
    public async Task<bool> SetAsync(
        int eventId, int classId, int entry, RosterAnswerKind? kind, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (!await db.Roster.AnyAsync(r => r.Id == entry && r.ClassId == classId, cancellationToken))
            return false;
        var known = await db.RosterAnswers.SingleOrDefaultAsync(a => a.EventId == eventId && a.RosterEntryId == entry, cancellationToken);
        if (kind is null && known is not null)
            db.RosterAnswers.Remove(known);
        else if (kind is { } changed && known is not null)
            known.Change(changed, time.GetUtcNow());
        else if (kind is { } said)
            db.RosterAnswers.Add(new RosterAnswer(eventId, entry, said, time.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (known is null && kind is not null)
        {
            // A second device has noted something in the same moment: that stands.
        }
        return true;
    }
}
