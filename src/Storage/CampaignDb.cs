using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The store, whatever the database. The one place that keeps organizers to their organization's subtree: every read
/// is filtered by <see cref="AccessScope"/>, every write is checked against it.
/// </summary>
public abstract class CampaignDb(DbContextOptions options, CurrentAccessScope accessScope) : IdentityUserContext<Organizer, int>(options)
{
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<ClassGroup> Classes => Set<ClassGroup>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignEvent> Events => Set<CampaignEvent>();
    public DbSet<StageState> Stages => Set<StageState>();
    public DbSet<HostLink> HostLinks => Set<HostLink>();
    public DbSet<ShownName> ShownNames => Set<ShownName>();
    public DbSet<ChildrenRules> Rules => Set<ChildrenRules>();
    public DbSet<PledgeText> Texts => Set<PledgeText>();
    public DbSet<Pledge> Pledges => Set<Pledge>();
    public DbSet<Signature> Signatures => Set<Signature>();
    public DbSet<LedgerAct> Acts => Set<LedgerAct>();

    /// <summary>The accounts within the access scope. Signing in looks at all of them, so the table itself is not filtered.</summary>
    public IQueryable<Organizer> OrganizersInScope =>
        Users.Where(o => Organizations.Any(reached => reached.Id == o.OrganizationId));

    public AccessScope AccessScope => accessScope.Current;

    // Read anew at every query: a filter may only look at members of the context itself.
    private bool IsUnrestricted => AccessScope.IsEverything;
    private string ScopePath => AccessScope.Path ?? "";

    /// <summary>Throws where the database engine could lose committed data.</summary>
    internal abstract Task AssertEngineAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that sees the store as it stands at one moment, whoever writes meanwhile.</summary>
    internal abstract IDbContextTransaction BeginMoment();

    /// <summary>Applies the migrations that are pending, while no other process does.</summary>
    internal abstract Task UpgradeAsync(CancellationToken cancellationToken);

    /// <summary>Removes erased values from where the database still keeps them besides the tables (log, free pages).</summary>
    /// <returns>False where another connection prevented it; call it again later.</returns>
    internal abstract Task<bool> PurgeErasedAsync(CancellationToken cancellationToken);

    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        base.ConfigureConventions(conventions);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        CampaignModel.Build(model);

        model.Entity<Organization>().HasQueryFilter(o => IsUnrestricted || o.Path.StartsWith(ScopePath));
        model.Entity<ClassGroup>().HasQueryFilter(c => IsUnrestricted || c.School.Path.StartsWith(ScopePath));
        model.Entity<Campaign>().HasQueryFilter(c => IsUnrestricted || c.Organization.Path.StartsWith(ScopePath));
        model.Entity<CampaignEvent>().HasQueryFilter(e => IsUnrestricted || e.Organization.Path.StartsWith(ScopePath));
        model.Entity<PledgeText>().HasQueryFilter(t => IsUnrestricted || t.Campaign.Organization.Path.StartsWith(ScopePath));
        model.Entity<ChildrenRules>().HasQueryFilter(r => IsUnrestricted || r.Campaign.Organization.Path.StartsWith(ScopePath));
        model.Entity<Scene>().HasQueryFilter(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId));
        model.Entity<StageState>().HasQueryFilter(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId));
        model.Entity<HostLink>().HasQueryFilter(l => IsUnrestricted || Events.Any(e => e.Id == l.EventId));
        model.Entity<ShownName>().HasQueryFilter(n => IsUnrestricted || Events.Any(e => e.Id == n.EventId));
        model.Entity<Pledge>().HasQueryFilter(p => IsUnrestricted || Events.Any(e => e.Id == p.EventId));
        model.Entity<LedgerAct>().HasQueryFilter(a => IsUnrestricted || Events.Any(e => e.Id == a.EventId));
        // A signature is read with its pledge, by the program itself.
        model.Entity<Signature>().HasQueryFilter(_ => IsUnrestricted);
        model.Entity<Heartbeat>().HasQueryFilter(_ => IsUnrestricted);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await WriteGuard.CheckAsync(this, cancellationToken);
        foreach (var entry in ChangeTracker.Entries<CampaignEvent>())
            if (entry.State is EntityState.Modified or EntityState.Added)
                entry.Entity.Touch();

        var planted = ChangeTracker.Entries<Organization>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        if (planted.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        // A path holds the organization's own id, which the database gives.
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        foreach (var organization in planted.OrderBy(o => o.Id))
        {
            if (organization.ParentId is { } parentId && organization.Parent is null)
                await Entry(organization).Reference(o => o.Parent).LoadAsync(cancellationToken);
            organization.SetPath(organization.Parent?.Path);
        }
        await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>SQLite cannot order by a date with an offset; UTC ticks order like the moments they name.</summary>
    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
