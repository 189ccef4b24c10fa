using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// Refuses to save what lies outside the access scope of the unit of work, and anything an observer changes. A row that
/// exists must be visible through the access scope's filter as it stands in the database, and what it is to become must
/// belong to an organization within the access scope: so rows can be moved neither out of nor into other organizations.
/// </summary>
internal static class WriteGuard
{
    /// <summary>
    /// What signing in (a new hash of the same password) and a password change write; nothing that says who an account is or what it
    /// may do.
    /// </summary>
    private static readonly HashSet<string> Credentials =
    [
        nameof(Organizer.PasswordHash), nameof(Organizer.SecurityStamp), nameof(Organizer.ConcurrencyStamp),
        nameof(Organizer.MustChangePassword), nameof(Organizer.GeneratedPassword),
    ];

    /// <summary>Ids in one query.</summary>
    private const int OwnersAtOnce = 1_000;

    // The columns of event_classes, which has no class of its own.
    private const string EventOfLink = "CampaignEventId";
    private const string ClassOfLink = "ClassesId";

    public static async Task CheckAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        if (!db.AccessScope.IsEverything)
            await CheckScopeAsync(db, cancellationToken);
        KeepTextsAsWritten(db);
        if (db.ChangeTracker.Entries<AuditEntry>().Any(entry => entry.State is EntityState.Modified or EntityState.Deleted))
            throw new InvalidOperationException("A line of the audit log stays as it was written.");
    }

    private static async Task CheckScopeAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        await CheckPupilsAsync(db, cancellationToken);
        await CheckAddedAsync<ClassLink>(db, cancellationToken, (nameof(ClassLink.ClassId), db.Classes.Select(x => x.Id)),
            (nameof(ClassLink.CampaignId), db.Campaigns.Select(x => x.Id)));
        await CheckAddedAsync<Slip>(db, cancellationToken, (nameof(Slip.EventId), db.Events.Select(x => x.Id)),
            (nameof(Slip.RosterEntryId), db.Roster.Select(x => x.Id)));
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity is not RosterEntry
            && entry is not { State: EntityState.Added, Entity: ClassLink or Slip }).ToList())
        {
            // A line of the audit log is written for whoever acts, observers too.
            if (entry.State is EntityState.Unchanged or EntityState.Detached || entry.Entity is AuditEntry
                || await IsOwnCredentialsAsync(db, entry, cancellationToken))
                continue;
            if (!db.AccessScope.MayWrite
                || (entry.State != EntityState.Added && !await IsVisibleAsync(db, entry, cancellationToken))
                || (entry.State != EntityState.Deleted && !await MayBecomeAsync(db, entry, cancellationToken)))
                throw new AccessScopeViolationException(entry.Metadata.DisplayName());
        }
    }

    /// <summary>A school's list may have 20,000 rows: they are looked at by class, with three queries in all.</summary>
    private static async Task CheckPupilsAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        var pupils = db.ChangeTracker.Entries<RosterEntry>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (pupils.Count == 0)
            return;
        var stored = pupils.Where(entry => entry.State != EntityState.Added).ToList();
        var from = stored.Select(entry => entry.Property(r => r.ClassId).OriginalValue).Distinct().ToList();
        var to = pupils.Where(entry => entry.State != EntityState.Deleted).Select(entry => entry.Property(r => r.ClassId))
            .Where(owner => !owner.IsTemporary).Select(owner => owner.CurrentValue).Distinct().ToList();
        var visible = stored.Count == 0 ? []
            : await db.Roster.Where(r => from.Contains(r.ClassId)).Select(r => r.Id).ToHashSetAsync(cancellationToken);
        if (!db.AccessScope.MayWrite || !stored.TrueForAll(entry => visible.Contains(entry.Entity.Id))
            || await db.Classes.CountAsync(c => to.Contains(c.Id), cancellationToken) != to.Count)
            throw new AccessScopeViolationException(pupils[0].Metadata.DisplayName());
    }

    /// <summary>
    /// A school or a district invites all of its classes at once, and gives slips to all pupils of a class: the owners of what is added are
    /// looked up together.
    /// </summary>
    private static async Task CheckAddedAsync<T>(CampaignDb db, CancellationToken cancellationToken,
        params (string ForeignKey, IQueryable<int> InScope)[] owners) where T : class
    {
        var added = db.ChangeTracker.Entries<T>().Where(entry => entry.State == EntityState.Added).ToList();
        if (added.Count == 0)
            return;
        var mayAdd = db.AccessScope.MayWrite;
        foreach (var (foreignKey, inScope) in owners)
            // A temporary one is new in the same unit of work and then checked itself.
            foreach (var some in added.Select(entry => entry.Property(foreignKey)).Where(owner => !owner.IsTemporary)
                .Select(owner => owner.CurrentValue is int id ? id : 0).Distinct().Chunk(OwnersAtOnce))
                mayAdd = mayAdd && await inScope.CountAsync(x => some.Contains(x), cancellationToken) == some.Length;
        if (!mayAdd)
            throw new AccessScopeViolationException(added[0].Metadata.DisplayName());
    }

    /// <summary>A version of a text is what people have read, in all of its languages: no edit, and no removal once it is signed.</summary>
    private static void KeepTextsAsWritten(CampaignDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<PledgeText>())
            if (entry.State == EntityState.Modified || (entry.State == EntityState.Deleted && entry.Entity.FrozenAt is not null))
                throw new InvalidOperationException($"Version {entry.Entity.Version} of a pledge text stays as it was written.");
    }

    /// <summary>Everybody may change the own password; and before anybody is known, signing in hashes it anew.</summary>
    private static async Task<bool> IsOwnCredentialsAsync(CampaignDb db, EntityEntry entry, CancellationToken cancellationToken)
    {
        if (entry is not { Entity: Organizer account, State: EntityState.Modified }
            || db.AccessScope.Account is { } own && own != account.Id)
            return false;
        // The accounts' store marks every column as changed; what has changed in truth only the database can tell.
        return await entry.GetDatabaseValuesAsync(cancellationToken) is { } stored
            && entry.Properties.All(p => Credentials.Contains(p.Metadata.Name) || Equals(p.CurrentValue, stored[p.Metadata]));
    }

    private static Task<bool> IsVisibleAsync(CampaignDb db, EntityEntry entry, CancellationToken cancellationToken) => entry.Entity switch
    {
        Organization o => db.Organizations.AnyAsync(x => x.Id == o.Id, cancellationToken),
        Organizer o => db.OrganizersInScope.AnyAsync(x => x.Id == o.Id, cancellationToken),
        ClassGroup c => db.Classes.AnyAsync(x => x.Id == c.Id, cancellationToken),
        ClassLink l => db.ClassLinks.AnyAsync(x => x.Id == l.Id, cancellationToken),
        Slip s => db.Slips.AnyAsync(x => x.Id == s.Id, cancellationToken),
        EventPicture p => db.Pictures.AnyAsync(x => x.Id == p.Id, cancellationToken),
        ReportVersion v => db.ReportVersions.AnyAsync(x => x.Id == v.Id, cancellationToken),
        ReportPhoto p => db.ReportPhotos.AnyAsync(x => x.Id == p.Id, cancellationToken),
        Campaign c => db.Campaigns.AnyAsync(x => x.Id == c.Id, cancellationToken),
        CampaignEvent e => db.Events.AnyAsync(x => x.Id == e.Id, cancellationToken),
        PledgeText t => db.Texts.AnyAsync(x => x.Id == t.Id, cancellationToken),
        ChildrenRules r => db.Rules.AnyAsync(x => x.Id == r.Id, cancellationToken),
        Scene s => db.Set<Scene>().AnyAsync(x => x.Id == s.Id, cancellationToken),
        EventTranslation t => BelongsAsync(entry, nameof(t.EventId), db.Events.Select(x => x.Id), cancellationToken),
        CampaignTranslation t => BelongsAsync(entry, nameof(t.CampaignId), db.Campaigns.Select(x => x.Id), cancellationToken),
        OrganizationTranslation t =>
            BelongsAsync(entry, nameof(t.OrganizationId), db.Organizations.Select(x => x.Id), cancellationToken),
        HostLink l => db.HostLinks.AnyAsync(x => x.Id == l.Id, cancellationToken),
        IdentityUserLogin<int> l => db.OrganizersInScope.AnyAsync(x => x.Id == l.UserId, cancellationToken),
        NamesGrant g => db.NamesGrants.AnyAsync(x => x.Id == g.Id, cancellationToken),
        ApiToken t => db.ApiTokens.AnyAsync(x => x.Id == t.Id, cancellationToken),
        WeeklyExport w => db.WeeklyExports.AnyAsync(x => x.Id == w.Id, cancellationToken),
        ExportDelivery d => db.ExportDeliveries.AnyAsync(x => x.Id == d.Id, cancellationToken),
        Dictionary<string, object> => BelongsAsync(entry, EventOfLink, db.Events.Select(x => x.Id), cancellationToken),
        _ => Task.FromResult(false), // Pledges, signatures and acts are the ledger's; the stage is its conductor's.
    };

    private static async Task<bool> MayBecomeAsync(CampaignDb db, EntityEntry entry, CancellationToken cancellationToken)
    {
        var organizations = db.Organizations.Select(x => x.Id);
        var campaigns = db.Campaigns.Select(x => x.Id);
        var events = db.Events.Select(x => x.Id);
        var classes = db.Classes.Select(x => x.Id);
        return entry.Entity switch
        {
            // Stays where it is: paths below it would be wrong; and the parent of the topmost organization in scope is out of scope.
            Organization o when entry.State == EntityState.Modified => await db.Organizations.AnyAsync(
                x => x.Id == o.Id && x.ParentId == o.ParentId && x.Path == o.Path, cancellationToken),
            Organization => await BelongsAsync(entry, nameof(Organization.ParentId), organizations, cancellationToken),
            Organizer => await BelongsAsync(entry, nameof(Organizer.OrganizationId), organizations, cancellationToken),
            ClassGroup => await BelongsAsync(entry, nameof(ClassGroup.SchoolId), organizations, cancellationToken),
            ClassRevision => await BelongsAsync(entry, nameof(ClassRevision.ClassId), classes, cancellationToken),
            Campaign => await BelongsAsync(entry, nameof(Campaign.OrganizationId), organizations, cancellationToken),
            CampaignEvent => await BelongsAsync(entry, nameof(CampaignEvent.OrganizationId), organizations, cancellationToken)
                && await BelongsAsync(entry, nameof(CampaignEvent.CampaignId), campaigns, cancellationToken),
            PledgeText => await BelongsAsync(entry, nameof(PledgeText.CampaignId), campaigns, cancellationToken),
            ChildrenRules => await BelongsAsync(entry, nameof(ChildrenRules.CampaignId), campaigns, cancellationToken),
            Scene => await BelongsAsync(entry, nameof(Scene.EventId), events, cancellationToken),
            EventTranslation => await BelongsAsync(entry, nameof(EventTranslation.EventId), events, cancellationToken),
            CampaignTranslation => await BelongsAsync(entry, nameof(CampaignTranslation.CampaignId), campaigns, cancellationToken),
            OrganizationTranslation =>
                await BelongsAsync(entry, nameof(OrganizationTranslation.OrganizationId), organizations, cancellationToken),
            HostLink => await BelongsAsync(entry, nameof(HostLink.EventId), events, cancellationToken),
            EventPicture => await BelongsAsync(entry, nameof(EventPicture.EventId), events, cancellationToken),
            ReportVersion => await BelongsAsync(entry, nameof(ReportVersion.EventId), events, cancellationToken),
            ReportPhoto => await BelongsAsync(entry, nameof(ReportPhoto.EventId), events, cancellationToken),
            ClassLink => await BelongsAsync(entry, nameof(ClassLink.ClassId), classes, cancellationToken)
                && await BelongsAsync(entry, nameof(ClassLink.CampaignId), campaigns, cancellationToken),
            Slip => await BelongsAsync(entry, nameof(Slip.EventId), events, cancellationToken)
                && await BelongsAsync(entry, nameof(Slip.RosterEntryId), db.Roster.Select(x => x.Id), cancellationToken),
            NamesGrant => await BelongsAsync(entry, nameof(NamesGrant.OrganizationId), organizations, cancellationToken)
                && await BelongsAsync(entry, nameof(NamesGrant.OrganizerId), db.OrganizersInScope.Select(x => x.Id), cancellationToken),
            ApiToken => await BelongsAsync(entry, nameof(ApiToken.OrganizationId), organizations, cancellationToken),
            WeeklyExport => await BelongsAsync(entry, nameof(WeeklyExport.OrganizationId), organizations, cancellationToken),
            ExportDelivery => await BelongsAsync(
                entry, nameof(ExportDelivery.ExportId), db.WeeklyExports.Select(x => x.Id), cancellationToken),
            IdentityUserLogin<int> => await BelongsAsync(
                entry, nameof(IdentityUserLogin<int>.UserId), db.OrganizersInScope.Select(x => x.Id), cancellationToken),
            Dictionary<string, object> => await BelongsAsync(entry, EventOfLink, events, cancellationToken)
                && await BelongsAsync(entry, ClassOfLink, classes, cancellationToken),
            _ => false,
        };
    }

    /// <summary>The owner is within the access scope, or new in the same unit of work and then checked itself.</summary>
    private static async Task<bool> BelongsAsync(EntityEntry entry, string foreignKey, IQueryable<int> inScope,
        CancellationToken cancellationToken)
    {
        var owner = entry.Property(foreignKey);
        return owner.IsTemporary || (owner.CurrentValue is int id && await inScope.AnyAsync(x => x == id, cancellationToken));
    }
}
