using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>
/// Lets what was signed follow its pupils into their classes of now, at the events whose signing has not ended. Called after a list or a
/// class has been saved. What is to be done it reads from the store alone, so that where the program was stopped in between, the next
/// change of a list of the school does the rest, or <see cref="InterruptedChanges"/>; and what has been done is not done again.
/// </summary>
public sealed class PledgeClassUpdater(CampaignDbFactory dbFactory, PledgeLedger ledger, PublishedEvents published, ClockCheck clock)
{
    /// <summary>See <see cref="RosterEntry.MovedFromId"/>.</summary>
    private sealed record MovedPupil(int Entry, string Name, int From, int To);

    /// <summary>A school's classes, and what of their changes has not been followed yet.</summary>
    private sealed record Changes(List<ClassGroup> Classes, List<MovedPupil> Moved)
    {
        public IReadOnlyDictionary<int, int> Merged { get; } =
            Classes.Where(c => c.MergedIntoId is not null).ToDictionary(c => c.Id, c => c.MergedIntoId!.Value);

        public IReadOnlyDictionary<int, int> Parted { get; } =
            Classes.Where(c => c.PartedFromId is not null).ToDictionary(c => c.Id, c => c.PartedFromId!.Value);
    }

    /// <summary>
    /// After a change has been saved, which is not to look as if it had failed: what cannot be written now
    /// <see cref="InterruptedChanges"/> does later.
    /// </summary>
    /// <inheritdoc cref="UpdateSchoolAsync"/>
    public async Task FollowSavedAsync(int schoolId, AccessScope by)
    {
        try
        {
            await UpdateSchoolAsync(schoolId, by, CancellationToken.None);
        }
        catch (Exception failure) when (failure is LedgerUnavailableException || StoreFailure.Is(failure))
        {
            // As the summary says.
        }
    }

    /// <summary>Follows what has changed in a school.</summary>
    /// <param name="schoolId">The school.</param>
    /// <param name="by">Who changed it.</param>
    /// <param name="cancellationToken">Ends the reading; what the ledger was told it does.</param>
    /// <returns>How many pledges have moved.</returns>
    public async Task<int> UpdateSchoolAsync(int schoolId, AccessScope by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(by.Widened);
        var changes = new Changes(
            await db.Classes.AsNoTracking().Where(c => c.SchoolId == schoolId).ToListAsync(cancellationToken),
            await db.Roster.AsNoTracking().Where(r => r.Class.SchoolId == schoolId && r.MovedFromId != null)
                .Select(r => new MovedPupil(r.Id, r.Name, r.MovedFromId!.Value, r.ClassId)).ToListAsync(cancellationToken));
        var events = await RunningEvents.OfClassesAsync(
            db, changes.Classes.ConvertAll(c => c.Id), clock.Now, cancellationToken);
        var done = await MoveAsync(db, events, schoolId, changes, by, cancellationToken);
        // Only now, so that the page of a class never lacks what it has signed; then what was on its way meanwhile.
        if (await LeaveAsync(events, schoolId, by, cancellationToken))
            done += await MoveAsync(db, events, schoolId, changes, by, cancellationToken);
        await NoteFollowedAsync(db, changes, cancellationToken);
        return done;
    }

    private async Task<int> MoveAsync(CampaignDb db, List<CampaignEvent> events, int schoolId, Changes changes, AccessScope by,
        CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var e in events)
        {
            var misplaced = await ListedAsync(db, e, schoolId, cancellationToken);
            misplaced.AddRange(await UnlistedAsync(db, e, changes.Moved, cancellationToken));
            misplaced.AddRange(await OfMergedAsync(db, e, changes.Merged, cancellationToken));
            misplaced.AddRange(await OfPartedAsync(db, e, changes, cancellationToken));
            foreach (var same in misplaced.GroupBy(p => p.Rehearsal))
                done += await ledger.ChangeClassAsync([.. same.Select(p => (p.Sequence, p.From, p.To))], by.Account);
        }
        return done;
    }

    /// <summary>Of pupils on a list, and of guardians who signed alone for them.</summary>
    private static async Task<List<MisplacedPledge>> ListedAsync(
        CampaignDb db, CampaignEvent e, int schoolId, CancellationToken cancellationToken)
    {
        var takingPart = e.Classes.ConvertAll(c => c.Id);
        return await (
            from p in db.Pledges.AsNoTracking()
            where p.EventId == e.Id && p.RosterEntryId != null && p.ClassId != null
            join pupil in db.Roster on p.RosterEntryId equals pupil.Id
            where pupil.Class.SchoolId == schoolId && pupil.ClassId != p.ClassId && takingPart.Contains(pupil.ClassId)
            orderby p.Sequence
            select new MisplacedPledge(p.Sequence, p.Rehearsal, p.ClassId!.Value, pupil.ClassId)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Signed before there was a list: by the name, where one of those who moved has it and none of those who stayed. Nothing is guessed.
    /// </summary>
    private static async Task<List<MisplacedPledge>> UnlistedAsync(
        CampaignDb db, CampaignEvent e, List<MovedPupil> moved, CancellationToken cancellationToken)
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
        return [.. unlisted.Select(p => new MisplacedPledge(p.Sequence, p.Rehearsal, p.ClassId,
                known.GetValueOrDefault((p.ClassId, PersonName.KeyOf(p.Name)))))
            .Where(p => takingPart.Contains(p.To))];
    }

    /// <summary>All that was signed in a class that goes on as another one.</summary>
    private static async Task<List<MisplacedPledge>> OfMergedAsync(
        CampaignDb db, CampaignEvent e, IReadOnlyDictionary<int, int> merged, CancellationToken cancellationToken)
    {
        var found = new List<MisplacedPledge>();
        foreach (var (group, into) in merged.Where(c => e.Classes.Exists(other => other.Id == c.Value)))
            found.AddRange(await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id && p.ClassId == group)
                .OrderBy(p => p.Sequence).Select(p => new MisplacedPledge(p.Sequence, p.Rehearsal, group, into))
                .ToListAsync(cancellationToken));
        return found;
    }

    private static async Task<IEnumerable<MisplacedPledge>> OfPartedAsync(
        CampaignDb db, CampaignEvent e, Changes changes, CancellationToken cancellationToken)
    {
        var parted = changes.Parted.Where(c => e.Classes.Exists(group => group.Id == c.Key)).ToDictionary();
        return parted.Count == 0 ? [] : (await PartedPledges.ReadAsync(db, e.Id, parted, changes.Merged, cancellationToken)).All;
    }

    /// <summary>
    /// A class that goes on as another one takes part no longer where that one does. An event that somebody else saves at this moment is
    /// left to <see cref="InterruptedChanges"/>.
    /// </summary>
    private async Task<bool> LeaveAsync(
        List<CampaignEvent> events, int schoolId, AccessScope by, CancellationToken cancellationToken)
    {
        var left = new List<int>();
        foreach (var id in events.Where(e => e.Classes.Exists(c => IsToLeave(e, c))).Select(e => e.Id))
        {
            await using var db = dbFactory.Open(by.Widened);
            if (await db.Events.Include(x => x.Classes).SingleOrDefaultAsync(x => x.Id == id, cancellationToken) is not { } e)
                continue;
            e.Invite([.. e.Classes.Where(c => !IsToLeave(e, c))]);
            db.Entry(e).Property(x => x.Revision).IsModified = true; // who has the list of its classes open is told
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                left.Add(id);
            }
            catch (DbUpdateConcurrencyException)
            {
                // As the summary says.
            }
        }
        if (left.Count > 0)
            await published.ContentChangedAsync(e => left.Contains(e.Id));
        return left.Count > 0;

        bool IsToLeave(CampaignEvent e, ClassGroup c) => c.SchoolId == schoolId && RunningEvents.HasStandInFor(e, c);
    }

    /// <summary>Nothing is left to follow of what was read; what has changed since is not touched.</summary>
    private static async Task NoteFollowedAsync(CampaignDb db, Changes changes, CancellationToken cancellationToken)
    {
        if (changes.Parted.Count == 0 && changes.Moved.Count == 0)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken); // a school may have 1,000 lists
        foreach (var (group, from) in changes.Parted)
            await db.Classes.Where(c => c.Id == group && c.PartedFromId == from)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.PartedFromId, (int?)null), cancellationToken);
        foreach (var list in changes.Moved.GroupBy(pupil => pupil.To))
        {
            var pupils = list.Select(pupil => pupil.Entry).ToList();
            await db.Roster.Where(r => r.ClassId == list.Key && pupils.Contains(r.Id))
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.MovedFromId, (int?)null), cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }
}
