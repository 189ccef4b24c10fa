using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>Refuses to save what lies outside the reach of the unit of work, and anything an observer changes.</summary>
internal static class WriteGuard
{
    public static async Task CheckAsync(CampaignDb db, CancellationToken cancellation)
    {
        if (db.Reach.IsEverything)
            return;
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached || IsOwnAccount(entry))
                continue;
            if (!db.Reach.MayWrite || !await CoversAsync(db, entry, cancellation))
                throw new OutOfReachException(entry.Metadata.ClrType.Name);
        }
    }

    /// <summary>Signing in counts failures and a password change writes the hash, with no reach or a reader's; neither moves an account.</summary>
    private static bool IsOwnAccount(EntityEntry entry) => entry.Entity switch
    {
        Organizer when entry.State == EntityState.Modified =>
            !entry.Property(nameof(Organizer.OrganizationId)).IsModified && !entry.Property(nameof(Organizer.Role)).IsModified,
        Organization or ClassGroup or Campaign or CampaignEvent or PledgeText or Scene or Organizer => false,
        Pledge or Signature or LedgerAct => false,
        // Identity's own tables (claims, tokens, passkeys) and the event–class links, whose ends are checked.
        _ => true,
    };

    private static async Task<bool> CoversAsync(CampaignDb db, EntityEntry entry, CancellationToken cancellation)
    {
        switch (entry.Entity)
        {
            case Organization { Parent: { } parent } when entry.State == EntityState.Added:
                return await ReachesAsync(db, parent, parent.Id, cancellation);
            case Organization organization:
                return await ReachesAsync(db, null, entry.State == EntityState.Added ? organization.ParentId ?? 0 : organization.Id, cancellation);
            case Organizer organizer:
                return await ReachesAsync(db, organizer.Organization, organizer.OrganizationId, cancellation)
                    && (entry.State == EntityState.Added || await ReachesAsync(db, null, Original(entry, nameof(Organizer.OrganizationId)), cancellation));
            case ClassGroup group:
                return await ReachesAsync(db, group.School, group.SchoolId, cancellation);
            case Campaign campaign:
                return await ReachesAsync(db, campaign.Organization, campaign.OrganizationId, cancellation);
            case CampaignEvent @event:
                return await ReachesAsync(db, @event.Organization, @event.OrganizationId, cancellation)
                    && await InReachAsync(db.Campaigns, @event.Campaign, @event.CampaignId, cancellation);
            case PledgeText text:
                return await InReachAsync(db.Campaigns, text.Campaign, text.CampaignId, cancellation);
            case Scene scene:
                return await InReachAsync(db.Events, null, scene.EventId, cancellation);
            default:
                return false; // Pledges, signatures and acts are the ledger's.
        }
    }

    private static int Original(EntityEntry entry, string property) => (int)entry.Property(property).OriginalValue!;

    private static async Task<bool> ReachesAsync(CampaignDb db, Organization? loaded, int id, CancellationToken cancellation) =>
        loaded is { Path.Length: > 0 }
            ? db.Reach.Covers(loaded.Path)
            : await db.Organizations.AnyAsync(o => o.Id == (loaded != null ? loaded.Id : id), cancellation);

    /// <summary>New in the same unit of work (then checked itself), or found through the filter.</summary>
    private static async Task<bool> InReachAsync<T>(DbSet<T> set, T? loaded, int id, CancellationToken cancellation) where T : class =>
        (loaded is not null && set.Entry(loaded).State == EntityState.Added)
        || id <= 0
        || await set.AnyAsync(row => EF.Property<int>(row, "Id") == id, cancellation);
}
