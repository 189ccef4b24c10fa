using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>Keeps what a class teacher notes of pupils who have not signed.</summary>
public sealed class RosterAnswers(CampaignDbFactory dbFactory, TimeProvider time)
{
    /// <summary>What a device sends within this time is one visit, and one line of the audit log.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(int Link, int EventId), DateTimeOffset> told = new();

    /// <summary>Notes it; null takes back what was noted. False where the entry is not on the list of that class.</summary>
    /// <param name="link">See <see cref="ClassLink.Id"/>: for the audit log, which gets a line for each visit.</param>
    public async Task<bool> SetAsync(
        int link, int eventId, int classId, int entry, RosterAnswerKind? kind, CancellationToken cancellationToken)
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
        var now = time.GetUtcNow();
        if (!told.TryGetValue((link, eventId), out var last) || now - last >= Visit)
        {
            var line = db.AuditEvent(AuditAction.AnswersNoted, eventId, AuditActor.Program);
            (line.ClassId, line.Detail) = (classId, $"{link}");
        }
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            told[(link, eventId)] = now;
        }
        catch (DbUpdateException) when (known is null && kind is not null)
        {
            // A second device has noted something in the same moment: that stands.
        }
        return true;
    }
}
