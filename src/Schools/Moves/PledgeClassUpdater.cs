using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>A pupil who belongs to another class now.</summary>
/// <param name="Entry">See <see cref="RosterEntry.Id"/>.</param>
/// <param name="Name">In its stored form.</param>
/// <param name="From">The former class.</param>
/// <param name="To">The class of now.</param>
public sealed record MovedPupil(int Entry, string Name, int From, int To);

/// <summary>
/// Lets what was signed follow its pupils into their classes of now, at the events whose signing has not ended. Called after a list has
/// been saved; where the program was stopped in between, the next change of a list of the school does the rest.
/// </summary>
public sealed class PledgeClassUpdater(CampaignDbFactory dbFactory, PledgeLedger ledger, PublishedEvents published, TimeProvider time)
{
    private sealed record Misplaced(long Sequence, bool Rehearsal, int From, int To);

    /// <summary>Follows pupils who have moved.</summary>
    /// <param name="schoolId">The school.</param>
    /// <param name="moved">Who has moved; may be empty.</param>
    /// <param name="newClasses">
    /// Classes that there were not before: they take part wherever the classes do from which their pupils came.
    /// </param>
    /// <param name="by">Who changed the list.</param>
    /// <param name="parted">Classes that are of their own again, with the one into which each had been merged.</param>
    /// <param name="cancellationToken">Ends the reading; what the ledger was told it does.</param>
    /// <returns>How many pledges have moved.</returns>
    public async Task<int> FollowAsync(int schoolId, IReadOnlyCollection<MovedPupil> moved, IReadOnlySet<int> newClasses, AccessScope by,
        IReadOnlyDictionary<int, int> parted, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(AccessScope.Everything with { Account = by.Account, AccountName = by.AccountName });
        var classes = await db.Classes.Where(c => c.SchoolId == schoolId).ToListAsync(cancellationToken);
        var events = await RunningEvents.OfClassesAsync(db, [.. classes.Select(c => c.Id)], time.GetUtcNow(), cancellationToken);
        await InviteAsync(db, events, classes.FindAll(c => newClasses.Contains(c.Id)), moved, cancellationToken);
        var done = 0;
        foreach (var e in events)
        {
            var misplaced = await ListedAsync(db, e, schoolId, cancellationToken);
            misplaced.AddRange(await UnlistedAsync(db, e, moved, cancellationToken));
            misplaced.AddRange(await OfMergedAsync(db, e, classes, cancellationToken));
            misplaced.AddRange(await OfPartedAsync(db, e, parted, cancellationToken));
            foreach (var same in misplaced.GroupBy(p => p.Rehearsal))
                done += await ledger.ChangeClassAsync([.. same.Select(p => (p.Sequence, p.From, p.To))], by.Account);
        }
        return done;
    }

    private async Task InviteAsync(CampaignDb db, List<CampaignEvent> events, List<ClassGroup> newClasses,
        IReadOnlyCollection<MovedPupil> moved, CancellationToken cancellationToken)
    {
        var from = moved.ToLookup(pupil => pupil.To, pupil => pupil.From);
        var changed = new List<int>();
        foreach (var e in events)
        {
            var there = e.Classes.Select(c => c.Id).ToHashSet();
            var invited = newClasses.FindAll(c => !there.Contains(c.Id) && from[c.Id].Any(there.Contains));
            if (invited.Count == 0)
                continue;
            e.Invite([.. e.Classes, .. invited]);
            db.Audit(AuditAction.EventClassesChosen, e, count: e.Classes.Count);
            changed.Add(e.Id);
        }
        if (changed.Count == 0)
            return;
        await db.SaveChangesAsync(cancellationToken);
        await published.ContentChangedAsync(e => changed.Contains(e.Id), cancellationToken);
    }

    /// <summary>Of pupils on a list, and of guardians who signed alone for them.</summary>
    private static async Task<List<Misplaced>> ListedAsync(
        CampaignDb db, CampaignEvent e, int schoolId, CancellationToken cancellationToken)
    {
        var takingPart = e.Classes.ConvertAll(c => c.Id);
        return await (
            from p in db.Pledges.AsNoTracking()
            where p.EventId == e.Id && p.RosterEntryId != null && p.ClassId != null
            join pupil in db.Roster on p.RosterEntryId equals pupil.Id
            where pupil.Class.SchoolId == schoolId && pupil.ClassId != p.ClassId && takingPart.Contains(pupil.ClassId)
            orderby p.Sequence
            select new Misplaced(p.Sequence, p.Rehearsal, p.ClassId!.Value, pupil.ClassId)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Signed before there was a list: by the name, where one of those who moved has it and none of those who stayed. Nothing is guessed.
    /// </summary>
    private static async Task<List<Misplaced>> UnlistedAsync(
        CampaignDb db, CampaignEvent e, IReadOnlyCollection<MovedPupil> moved, CancellationToken cancellationToken)
    {
        var takingPart = e.Classes.Select(c => c.Id).ToHashSet();
        var from = moved.Where(pupil => takingPart.Contains(pupil.To)).Select(pupil => pupil.From).Distinct().ToList();
        if (from.Count == 0)
            return [];
        var stay = (await db.Roster.AsNoTracking().Where(r => from.Contains(r.ClassId)).Select(r => new { r.ClassId, r.Name })
            .ToListAsync(cancellationToken)).Select(r => (r.ClassId, PersonName.KeyOf(r.Name))).ToHashSet();
        var known = moved.GroupBy(pupil => (pupil.From, Name: PersonName.KeyOf(pupil.Name)))
            .Where(same => same.Count() == 1 && !stay.Contains(same.Key)).ToDictionary(same => same.Key, same => same.Single().To);
        var unlisted = await db.Pledges.AsNoTracking()
            .Where(p => p.EventId == e.Id && p.Role == SignerRole.Student && p.RosterEntryId == null && p.Name != null
                && p.ClassId != null && from.Contains(p.ClassId.Value))
            .OrderBy(p => p.Sequence).Select(p => new { p.Sequence, p.Rehearsal, ClassId = p.ClassId!.Value, Name = p.Name! })
            .ToListAsync(cancellationToken);
        return [.. unlisted.Select(p => new Misplaced(p.Sequence, p.Rehearsal, p.ClassId,
                known.GetValueOrDefault((p.ClassId, PersonName.KeyOf(p.Name)))))
            .Where(p => takingPart.Contains(p.To))];
    }

    /// <summary>All that was signed in a class that goes on as another one.</summary>
    private static async Task<List<Misplaced>> OfMergedAsync(
        CampaignDb db, CampaignEvent e, List<ClassGroup> classes, CancellationToken cancellationToken)
    {
        var merged = classes.FindAll(c => c.MergedIntoId is { } into && e.Classes.Exists(other => other.Id == into));
        var found = new List<Misplaced>();
        foreach (var group in merged)
            found.AddRange(await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id && p.ClassId == group.Id)
                .OrderBy(p => p.Sequence).Select(p => new Misplaced(p.Sequence, p.Rehearsal, group.Id, group.MergedIntoId!.Value))
                .ToListAsync(cancellationToken));
        return found;
    }

    /// <summary>
    /// What came along when a class was merged and belongs to nobody on a list: back into the class in which it was signed. A name on the
    /// list of the class that stays is that pupil's.
    /// </summary>
    private static async Task<List<Misplaced>> OfPartedAsync(
        CampaignDb db, CampaignEvent e, IReadOnlyDictionary<int, int> parted, CancellationToken cancellationToken)
    {
        var again = parted.Keys.Where(id => e.Classes.Exists(c => c.Id == id)).ToList();
        if (again.Count == 0)
            return [];
        var from = parted.Values.ToHashSet();
        var came = await (
            from act in db.Acts.AsNoTracking()
            where act.EventId == e.Id && act.Kind == LedgerActKind.ClassChanged && act.FormerClassId != null
            join p in db.Pledges on act.Subject equals p.Sequence
            where p.RosterEntryId == null && p.ClassId != null && again.Contains(act.FormerClassId!.Value)
            orderby act.Sequence
            select new { p.Sequence, p.Rehearsal, p.Role, p.Name, ClassId = p.ClassId!.Value, To = act.FormerClassId!.Value })
            .ToListAsync(cancellationToken);
        var stay = (await db.Roster.AsNoTracking().Where(r => from.Contains(r.ClassId)).Select(r => new { r.ClassId, r.Name })
            .ToListAsync(cancellationToken)).Select(r => (r.ClassId, PersonName.KeyOf(r.Name))).ToHashSet();
        return [.. came.DistinctBy(p => p.Sequence) // the class in which it was signed, where it was merged twice
            .Where(p => parted[p.To] == p.ClassId
                && (p.Role != SignerRole.Student || p.Name is null || !stay.Contains((p.ClassId, PersonName.KeyOf(p.Name)))))
            .Select(p => new Misplaced(p.Sequence, p.Rehearsal, p.ClassId, p.To))];
    }
}
