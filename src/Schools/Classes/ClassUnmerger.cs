using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Classes;

/// <summary>What stands against parting a class from the one into which it was merged.</summary>
public enum ClassPartingProblem
{
    None,

    /// <summary>It is not merged into another one any more.</summary>
    NotMerged,

    /// <summary>Somebody else has changed the school, or one of the events, since the page was shown.</summary>
    Overtaken,

    /// <summary>The class that stays has no more pupils than are to go.</summary>
    TooLarge,
}

/// <summary>What parting a class from the one into which it was merged does.</summary>
/// <param name="Events">At which signing has not ended and the class that stays takes part: there it takes part again.</param>
/// <param name="Pledges">Signed in it at these before, by nobody who is on a list: they come back.</param>
/// <param name="Unknown">Pledges at these that came into the class that stays from one that was not recorded: they stay.</param>
/// <param name="Returning">Pupils on the list of the class that stays who came along with this one: they go back.</param>
/// <param name="Listed">All others on that list: they stay.</param>
/// <param name="AsksSize">Neither class has a list from which it takes its size.</param>
/// <param name="FormerSize">How many pupils it had before; null where nobody has said.</param>
public sealed record ClassParting(int Events, int Pledges, int Unknown, int Returning, int Listed, bool AsksSize, int? FormerSize);

/// <summary>
/// Parts a class from the one into which it was merged. The pupils who went along on its list come back, and at events whose signing has
/// not ended what they signed, and what people on no list had signed in the class before; links and printed sheets that went along stay.
/// Events that are over stay as they were.
/// </summary>
public sealed class ClassUnmerger(CampaignDbFactory dbFactory, PledgeClassUpdater pledges, PublishedEvents published, ClockCheck clock)
{
    /// <summary>What it would do; null where the class is not merged into another one.</summary>
    public async Task<ClassParting?> PreviewAsync(int classId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var group = await db.Classes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == classId, cancellationToken);
        if (group?.MergedIntoId is not { } into)
            return null;
        var merged = await db.Classes.Where(c => c.SchoolId == group.SchoolId && c.MergedIntoId != null && c.Id != classId)
            .ToDictionaryAsync(c => c.Id, c => c.MergedIntoId!.Value, cancellationToken);
        var parted = new Dictionary<int, int> { [classId] = into };
        var (events, coming, unknown) = (await RunningEvents.OfClassesAsync(db, [into], clock.Now, cancellationToken), 0, 0);
        foreach (var e in events)
        {
            var read = await PartedPledges.ReadAsync(db, e.Id, parted, merged, cancellationToken);
            (coming, unknown) = (coming + read.All.Count(p => !p.Rehearsal), unknown + read.Unknown);
        }
        var listed = await ListedAsync(db, classId, into, cancellationToken);
        var former = await db.ClassRevisions.Where(r => r.ClassId == classId && r.Expected != null)
            .OrderByDescending(r => r.Until).ThenByDescending(r => r.Id).Select(r => r.Expected).FirstOrDefaultAsync(cancellationToken);
        var returning = await db.Roster.Where(RosterRule.IsOnList)
            .CountAsync(r => r.ClassId == into && r.MergedFromId == classId, cancellationToken);
        return new ClassParting(
            events.Count, coming, unknown, returning, listed.GetValueOrDefault(into) - returning, listed.Count == 0, former);
    }

    /// <summary>Does it.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="pupils">
    /// How many pupils it has, 1 to <see cref="ClassGroup.MaxPupils"/>: so many fewer has the class that stays. Null where nobody says.
    /// Where either takes its size from a list, that one holds.
    /// </param>
    /// <param name="seenRevision">The school's, when the page was shown.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Ends it, and nothing is changed.</param>
    public async Task<ClassPartingProblem> PartAsync(
        int classId, int? pupils, long seenRevision, AccessScope by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(by.Widened);
        var now = clock.Now;
        var group = await db.Classes.Include(c => c.School).SingleOrDefaultAsync(c => c.Id == classId, cancellationToken);
        if (group is null || await db.Classes.SingleOrDefaultAsync(c => c.Id == group.MergedIntoId, cancellationToken) is not { } into)
            return ClassPartingProblem.NotMerged;
        if (pupils is not null && (await ListedAsync(db, classId, into.Id, cancellationToken)).Count == 0)
        {
            if (pupils >= into.Expected)
                return ClassPartingProblem.TooLarge;
            into.ExpectFrom(now, into.Expected - pupils);
            group.ExpectFrom(now, pupils);
        }
        await BringBackAsync(db, group, into, now, cancellationToken);
        group.Part();
        await ClassInvitations.InviteAsync(db, new[] { group }.ToLookup(c => c, _ => into.Id), now, cancellationToken);
        var line = db.Audit(AuditAction.ClassParted, group.School);
        (line.ClassId, line.Detail) = (classId, $"{into.Id}");
        var revision = db.Entry(group.School).Property(o => o.Revision);
        (revision.OriginalValue, revision.IsModified) = (seenRevision, true);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ClassPartingProblem.Overtaken;
        }
        await published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == group.SchoolId));
        await pledges.FollowSavedAsync(group.SchoolId, by);
        return ClassPartingProblem.None;
    }

    /// <summary>The pupils who came along with a class, those who have left included; with the seats that they had in it.</summary>
    private static async Task BringBackAsync(
        CampaignDb db, ClassGroup group, ClassGroup into, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pupils = await db.Roster.Where(r => r.ClassId == group.Id || r.ClassId == into.Id).ToListAsync(cancellationToken);
        var returning = pupils.FindAll(r => r.ClassId == into.Id && r.MergedFromId == group.Id);
        if (returning.Count == 0)
            return;
        var seats = pupils.Where(r => r.ClassId == group.Id).Select(r => r.Seat).ToHashSet();
        foreach (var pupil in returning)
            pupil.GoBack(group, seats.Add(pupil.MergedFromSeat) ? pupil.MergedFromSeat : null);
        foreach (var list in new[] { group, into })
            RosterRule.SetExpected(list, pupils.Where(r => r.ClassId == list.Id), now);
    }

    /// <summary>How many pupils are on the list of either, where it has one.</summary>
    private static Task<Dictionary<int, int>> ListedAsync(CampaignDb db, int classId, int into, CancellationToken cancellationToken) =>
        db.Roster.Where(RosterRule.IsOnList).Where(r => r.ClassId == classId || r.ClassId == into)
            .GroupBy(r => r.ClassId).ToDictionaryAsync(list => list.Key, list => list.Count(), cancellationToken);
}
