using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations.Merge;

/// <summary>What became of a merging.</summary>
public enum MergeOutcome
{
    Merged,

    /// <summary>One of the two is not there any more, or is of another kind, or they have come to lie below each other.</summary>
    Missing,

    /// <summary>Two schools of different stages: for some pupils another rule on guardians would hold.</summary>
    StagesDiffer,

    /// <summary>Classes of one name are in use in both.</summary>
    ClassesCollide,
}

/// <param name="Collisions">The classes that are in use in both, where that is why.</param>
public sealed record MergeResult(MergeOutcome Outcome, IReadOnlyList<ClassName> Collisions);

/// <summary>
/// Puts all that an organization has into another one of its kind, and archives it. Classes keep their rows, so that whoever signed
/// for one is counted as before; of two classes of one name the unused one goes. The paths of a whole subtree change at once, which
/// the guard of an account's writes does not allow: both places are looked up within its access scope first.
/// </summary>
public sealed class OrganizationMerger(CampaignDbFactory dbFactory, PublishedEvents published, TimeProvider time)
{
    /// <summary>
    /// Into which it may be merged: those of its kind that the account reaches, not archived, neither above nor below it. None for the
    /// topmost that the account reaches.
    /// </summary>
    public static async Task<List<Organization>> TargetsAsync(CampaignDb db, Organization merged, CancellationToken cancellationToken) =>
        merged.ParentId is not { } parent || !await db.Organizations.AnyAsync(o => o.Id == parent, cancellationToken)
            ? []
            : await db.Organizations.AsNoTracking()
                .Where(o => o.Kind == merged.Kind && o.ArchivedAt == null && !o.Path.StartsWith(merged.Path)
                    && !merged.Path.StartsWith(o.Path))
                .OrderBy(o => o.Path).ToListAsync(cancellationToken);

    public async Task<MergeResult> MergeAsync(int organization, int into, AccessScope by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(by.Widened);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var from = await FindAsync(db, organization, cancellationToken);
        var to = await FindAsync(db, into, cancellationToken);
        if (from?.Parent is null || to is null || from.Kind != to.Kind || to.ArchivedAt is not null
            || to.Path.StartsWith(from.Path, StringComparison.Ordinal) || from.Path.StartsWith(to.Path, StringComparison.Ordinal))
            return new MergeResult(MergeOutcome.Missing, []);
        if (from.Classes.Count > 0 && from.Stage != to.Stage)
            return new MergeResult(MergeOutcome.StagesDiffer, []);
        if (await DropUnusedAsync(db, from, to, cancellationToken) is { Count: > 0 } collisions)
            return new MergeResult(MergeOutcome.ClassesCollide, collisions);

        db.Audit(AuditAction.OrganizationsMerged, from).Detail = to.Name;
        await HangBelowAsync(db, from, to, cancellationToken);
        from.Archive(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await MoveRowsAsync(db, from.Id, to.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await published.ContentChangedAsync(
            e => e.Organization.Path.StartsWith(to.Path) || e.Classes.Any(c => c.SchoolId == to.Id));
        return new MergeResult(MergeOutcome.Merged, []);
    }

    private static Task<Organization?> FindAsync(CampaignDb db, int id, CancellationToken cancellationToken) =>
        db.Organizations.Include(o => o.Parent).Include(o => o.Classes).SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

    /// <summary>Of two classes of one name removes the one that nothing refers to.</summary>
    /// <returns>The names of which both are in use.</returns>
    private static async Task<List<ClassName>> DropUnusedAsync(
        CampaignDb db, Organization from, Organization to, CancellationToken cancellationToken)
    {
        var there = to.Classes.ToDictionary(c => c.Name);
        var pairs = from.Classes.Where(c => there.ContainsKey(c.Name)).Select(c => (Here: c, There: there[c.Name])).ToList();
        var ids = pairs.SelectMany(pair => new[] { pair.Here.Id, pair.There.Id }).ToList();
        var used = (await db.Classes.Where(c => ids.Contains(c.Id)
            && (db.Events.Any(e => e.Classes.Contains(c)) || db.Pledges.Any(p => p.ClassId == c.Id) || db.Roster.Any(r => r.ClassId == c.Id)
                || db.ClassLinks.Any(l => l.ClassId == c.Id))).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var collisions = new List<ClassName>();
        foreach (var (here, other) in pairs)
            if (!used.Contains(here.Id))
                db.Remove(here);
            else if (!used.Contains(other.Id))
                db.Remove(other);
            else
                collisions.Add(here.Name);
        return collisions;
    }

    /// <summary>What lies below it lies below the other from now on; each notes the day.</summary>
    private async Task HangBelowAsync(CampaignDb db, Organization from, Organization to, CancellationToken cancellationToken)
    {
        var (before, after) = (from.Path, to.Path);
        var below = await db.Organizations.Where(o => o.Path.StartsWith(before) && o.Id != from.Id).ToListAsync(cancellationToken);
        foreach (var child in below.Where(o => o.ParentId == from.Id))
            db.Add(child.MoveTo(to, time.GetUtcNow()));
        foreach (var organization in below)
            organization.MovePath(before, after);
    }

    private static async Task MoveRowsAsync(CampaignDb db, int from, int to, CancellationToken cancellationToken)
    {
        await db.Classes.Where(c => c.SchoolId == from)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SchoolId, to), cancellationToken);
        await db.Campaigns.Where(c => c.OrganizationId == from)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.OrganizationId, to), cancellationToken);
        await db.Events.Where(e => e.OrganizationId == from)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.OrganizationId, to), cancellationToken);
        await db.Users.Where(o => o.OrganizationId == from)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.OrganizationId, to), cancellationToken);
        await db.NamesGrants.Where(g => g.OrganizationId == from)
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.OrganizationId, to), cancellationToken);
    }
}
