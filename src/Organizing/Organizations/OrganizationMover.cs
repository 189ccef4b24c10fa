using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations;

/// <summary>
/// Hangs an organization below another one, with all that lies below it. The paths of a whole subtree change at once, which the
/// guard of an account's writes does not allow: both places are looked up within its access scope first.
/// </summary>
public sealed class OrganizationMover(CampaignDbFactory dbFactory, PublishedEvents published, TimeProvider time)
{
    /// <summary>
    /// Where an organization may be moved: all that the account reaches but itself, what lies below it, and where it is; nothing that is
    /// archived, and no school, which has classes below it. None for the topmost that the account reaches.
    /// </summary>
    public static async Task<List<Organization>> PlacesAsync(CampaignDb db, Organization moved, CancellationToken cancellationToken) =>
        moved.ParentId is not { } parent || !await db.Organizations.AnyAsync(o => o.Id == parent, cancellationToken)
            ? []
            : await db.Organizations.AsNoTracking()
                .Where(o => !o.Path.StartsWith(moved.Path) && o.Id != parent && o.ArchivedAt == null && o.Kind != OrganizationKind.School)
                .OrderBy(o => o.Path).ToListAsync(cancellationToken);

    /// <summary>Moves it, notes the day, and tells the events of the subtree, whose pages are shown to whoever reaches them now.</summary>
    /// <returns>False where either is not there any more, or one has come to lie below the other.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody has changed one of them, or what lies below, at the same moment.</exception>
    public async Task<bool> MoveAsync(int organization, int place, AccessScope by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open(by.Widened);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var moved = await db.Organizations.Include(o => o.Parent).SingleOrDefaultAsync(o => o.Id == organization, cancellationToken);
        var parent = await db.Organizations.SingleOrDefaultAsync(o => o.Id == place, cancellationToken);
        if (moved?.Parent is null || parent is null || parent.Path.StartsWith(moved.Path, StringComparison.Ordinal))
            return false;
        db.Audit(AuditAction.OrganizationMoved, moved).Detail = parent.Name;
        var (before, after) = (moved.Path, $"{parent.Path}{moved.Id}/");
        var subtree = await db.Organizations.Where(o => o.Path.StartsWith(before)).ToListAsync(cancellationToken);
        db.Add(moved.MoveTo(parent, time.GetUtcNow()));
        foreach (var below in subtree)
            below.MovePath(before, after);
        // It is part of what was looked up: where it is being moved itself, one of the two is overtaken.
        db.Entry(parent).Property(o => o.Revision).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await published.ContentChangedAsync(e => e.Organization.Path.StartsWith(after));
        return true;
    }
}
