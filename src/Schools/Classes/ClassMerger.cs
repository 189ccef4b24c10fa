using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Classes;

/// <summary>What stands against merging two classes.</summary>
public enum ClassMergeProblem
{
    None,

    /// <summary>One of them is not there any more, or was merged already.</summary>
    Missing,

    /// <summary>For the pupils of the two another rule on guardians holds.</summary>
    GuardianRuleDiffers,

    /// <summary>Together they have more pupils than a class may have.</summary>
    TooLarge,
}

/// <summary>What merging a class into another one does.</summary>
/// <param name="Pupils">On its list.</param>
/// <param name="SeatsTaken">Pupils whose seat somebody of the other class has: they have none until it is given.</param>
/// <param name="Events">At which signing has not ended: there the other class stands for it.</param>
/// <param name="Pledges">Signed at these: they go along.</param>
public sealed record ClassMerge(ClassMergeProblem Problem, int Pupils, int SeatsTaken, int Events, int Pledges);

/// <summary>
/// Merges a class of a school into another one: pupils, links, printed sheets and what was signed at events whose signing has not ended go
/// along. Events that are over stay as they were. Pages, posters and links that name the former class mean the other one from then on.
/// </summary>
public sealed class ClassMerger(CampaignDbFactory dbFactory, PledgeClassUpdater pledges, PublishedEvents published, ClockCheck clock)
{
    /// <summary>What it would do.</summary>
    public async Task<ClassMerge> PreviewAsync(int classId, int into, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var (from, to) = await FindAsync(db, classId, into, cancellationToken);
        if (from is null || to is null)
            return new ClassMerge(ClassMergeProblem.Missing, 0, 0, 0, 0);
        var pupils = await db.Roster.AsNoTracking().Where(RosterRule.IsOnList).Where(r => r.ClassId == classId || r.ClassId == into)
            .Select(r => new { r.ClassId, r.Seat }).ToListAsync(cancellationToken);
        var seats = pupils.Where(r => r.ClassId == into).Select(r => r.Seat).ToHashSet();
        var events = (await RunningEvents.OfClassesAsync(db, [classId], clock.Now, cancellationToken)).ConvertAll(e => e.Id);
        return new ClassMerge(ProblemOf(from, to, pupils.Count), pupils.Count(r => r.ClassId == classId),
            pupils.Count(r => r.ClassId == classId && r.Seat is not null && seats.Contains(r.Seat)), events.Count,
            await db.Pledges.CountAsync(p => events.Contains(p.EventId) && p.ClassId == classId && !p.Rehearsal, cancellationToken));
    }

    /// <summary>Does it. What a failure leaves undone <see cref="InterruptedChanges"/> does.</summary>
    public async Task<ClassMergeProblem> MergeAsync(int classId, int into, AccessScope by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(by.Widened);
        var now = clock.Now;
        var (from, to) = await FindAsync(db, classId, into, cancellationToken);
        if (from is null || to is null)
            return ClassMergeProblem.Missing;
        // What an earlier change has left undone is told by the classes as they were before this one.
        await pledges.UpdateSchoolAsync(from.SchoolId, by, cancellationToken);
        var pupils = await db.Roster.Where(r => r.ClassId == classId || r.ClassId == into).ToListAsync(cancellationToken);
        if (ProblemOf(from, to, RosterRule.OnListOf(pupils).Count()) is var problem and not ClassMergeProblem.None)
            return problem;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var events = await RunningEvents.OfClassesAsync(db, [classId], now, cancellationToken);
        Join(from, to, pupils, now);
        foreach (var e in events)
        {
            e.Invite([.. e.Classes.Where(c => c.Id != into), to]);
            db.Entry(e).Property(x => x.Revision).IsModified = true; // who has the list of its classes open is told
        }
        foreach (var earlier in await db.Classes.Where(c => c.MergedIntoId == classId).ToListAsync(cancellationToken))
            earlier.MergeInto(to, now);
        var line = db.Audit(AuditAction.ClassesMerged, from.School, RosterRule.OnListOf(pupils).Count());
        (line.ClassId, line.Detail) = (classId, $"{into}");
        db.Entry(from.School).Property(o => o.Revision).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        await MoveRowsAsync(db, classId, into, events.ConvertAll(e => e.Id), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == from.SchoolId));
        await pledges.FollowSavedAsync(from.SchoolId, by);
        return ClassMergeProblem.None;
    }

    private static ClassMergeProblem ProblemOf(ClassGroup from, ClassGroup to, int pupils) =>
        from.NeedsGuardian != to.NeedsGuardian ? ClassMergeProblem.GuardianRuleDiffers
        : pupils > ClassGroup.MaxPupils || (pupils == 0 && from.Expected + to.Expected > ClassGroup.MaxPupils) ? ClassMergeProblem.TooLarge
        : ClassMergeProblem.None;

    private static void Join(ClassGroup from, ClassGroup to, List<RosterEntry> pupils, DateTimeOffset now)
    {
        var (size, seats) = (from.Expected + to.Expected, pupils.Where(r => r.ClassId == to.Id).Select(r => r.Seat).ToHashSet());
        foreach (var pupil in pupils.Where(r => r.ClassId == from.Id).ToList())
            pupil.GoAlong(to, seats.Add(pupil.Seat) ? pupil.Seat : null);
        from.MergeInto(to, now);
        if (pupils.Count > 0)
            RosterRule.SetExpected(to, pupils, now);
        else
            to.ExpectFrom(now, size);
    }

    private static async Task MoveRowsAsync(CampaignDb db, int from, int to, List<int> events, CancellationToken cancellationToken)
    {
        await db.ClassLinks.Where(l => l.ClassId == from && (l.EventId == null || events.Contains(l.EventId.Value)))
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.ClassId, to), cancellationToken);
        await db.PaperSheets.Where(s => s.ClassId == from && events.Contains(s.EventId))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ClassId, to), cancellationToken);
        await db.PaperPhotos.Where(p => p.ClassId == from && events.Contains(p.EventId))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.ClassId, (int?)to), cancellationToken);
    }

    private static async Task<(ClassGroup? From, ClassGroup? To)> FindAsync(
        CampaignDb db, int classId, int into, CancellationToken cancellationToken)
    {
        var found = await db.Classes.Include(c => c.School).Where(c => c.Id == classId || c.Id == into).ToListAsync(cancellationToken);
        var (from, to) = (found.Find(c => c.Id == classId), found.Find(c => c.Id == into));
        return from is null || to is null || from == to || from.SchoolId != to.SchoolId || to.MergedIntoId is not null
            || (from.MergedIntoId is { } already && already != into) ? (null, null) : (from, to);
    }
}
