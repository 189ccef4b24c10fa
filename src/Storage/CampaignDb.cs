using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The store, whatever the database. The one place that keeps organizers to their organization's subtree: every read
/// is filtered by <see cref="AccessScope"/>, every write is checked against it.
/// </summary>
public abstract partial class CampaignDb(DbContextOptions options, CurrentAccessScope accessScope)
    : IdentityUserContext<Organizer, int>(options)
{
    /// <summary>Whether other nodes may read what this one writes.</summary>
    public abstract bool IsShared { get; }

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<OrganizationMove> OrganizationMoves => Set<OrganizationMove>();
    public DbSet<ClassGroup> Classes => Set<ClassGroup>();
    public DbSet<ClassRevision> ClassRevisions => Set<ClassRevision>();
    public DbSet<RosterEntry> Roster => Set<RosterEntry>();
    public DbSet<RosterAnswer> RosterAnswers => Set<RosterAnswer>();
    public DbSet<ClassLink> ClassLinks => Set<ClassLink>();
    public DbSet<Slip> Slips => Set<Slip>();
    public DbSet<PaperSheet> PaperSheets => Set<PaperSheet>();
    public DbSet<PaperRow> PaperRows => Set<PaperRow>();
    public DbSet<PaperPhoto> PaperPhotos => Set<PaperPhoto>();
    public DbSet<PaperRowPicture> PaperRowPictures => Set<PaperRowPicture>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignEvent> Events => Set<CampaignEvent>();
    public DbSet<EventPicture> Pictures => Set<EventPicture>();
    public DbSet<EventSeal> Seals => Set<EventSeal>();
    public DbSet<ReportVersion> ReportVersions => Set<ReportVersion>();
    public DbSet<ReportPhoto> ReportPhotos => Set<ReportPhoto>();
    public DbSet<StageState> Stages => Set<StageState>();
    public DbSet<HostLink> HostLinks => Set<HostLink>();
    public DbSet<ShownName> ShownNames => Set<ShownName>();
    public DbSet<ChildrenRules> Rules => Set<ChildrenRules>();
    public DbSet<PledgeText> Texts => Set<PledgeText>();
    public DbSet<Pledge> Pledges => Set<Pledge>();
    public DbSet<Signature> Signatures => Set<Signature>();
    public DbSet<RosterImportRecord> RosterImports => Set<RosterImportRecord>();

    public DbSet<LedgerAct> Acts => Set<LedgerAct>();
    public DbSet<Maintenance> Maintenance => Set<Maintenance>();
    public DbSet<ClockDoubt> ClockDoubts => Set<ClockDoubt>();
    public DbSet<NamesGrant> NamesGrants => Set<NamesGrant>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<WeeklyExport> WeeklyExports => Set<WeeklyExport>();
    public DbSet<ExportDelivery> ExportDeliveries => Set<ExportDelivery>();

    /// <summary>The audit log; added to by <see cref="AuditExtensions"/>.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<OrganizerSession> Sessions => Set<OrganizerSession>();
    public DbSet<Witness> Witnesses => Set<Witness>();

    public DbSet<SigningFlag> SigningFlags => Set<SigningFlag>();

    /// <summary>The accounts within the access scope. Signing in looks at all of them, so the table itself is not filtered.</summary>
    public IQueryable<Organizer> OrganizersInScope =>
        Users.Where(o => Organizations.Any(reached => reached.Id == o.OrganizationId));

    /// <summary>
    /// The organizations that take part in what is new: neither archived themselves nor below one that is, which may lie above the
    /// access scope and be hidden from it.
    /// </summary>
    public async Task<IQueryable<Organization>> FindUnarchivedAsync(CancellationToken cancellationToken = default)
    {
        var archived = await Organizations.IgnoreQueryFilters().Where(o => o.ArchivedAt != null).Select(o => o.Path)
            .ToListAsync(cancellationToken);
        return Organizations.Where(o => !archived.Any(path => o.Path.StartsWith(path)));
    }

    public AccessScope AccessScope => accessScope.Current;

    /// <summary>A key for a line of the audit log until it has its place in the chain; negative, each once.</summary>
    internal long NextPendingKey() => --pendingKey;

    private long pendingKey;

    /// <summary>
    /// Whether a connection that nobody reads on may stay open, with what was prepared on it: one to a file does, those to a server are
    /// few and shared with the desk.
    /// </summary>
    internal virtual bool MayKeepConnection => false;

    /// <summary>How many migrations there are and the name of the newest, as "3 20260717120000_Name".</summary>
    private protected abstract string NewestSchema { get; }

    /// <summary>Throws where the database engine could lose committed data.</summary>
    internal abstract Task AssertEngineAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that sees the store as it stands at one moment, whoever writes meanwhile.</summary>
    internal abstract IDbContextTransaction BeginSnapshotTransaction();

    /// <summary>
    /// In a transaction, whose first statement it is: until it ends no node writes to the ledger. Signatures wait meanwhile.
    /// </summary>
    internal abstract Task HoldLedgerAsync(CancellationToken cancellationToken);

    /// <summary>Applies the migrations that are pending, while no other process does.</summary>
    internal abstract Task UpgradeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Clears erased values out of where the database keeps them besides the rows, as far as it can be done while everybody goes
    /// on.
    /// </summary>
    internal abstract Task PurgeErasedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes the tables of pledges and signatures anew, so that nothing erased is left between the rows of a page. Writers wait
    /// meanwhile: for the night.
    /// </summary>
    /// <exception cref="InvalidOperationException">Says why it cannot be done here.</exception>
    internal abstract Task RewriteErasedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the database has this program's schema, neither an older one nor a newer. Asked at each start and by each check of health,
    /// so it does without EF's list of migrations, for which all types of the program are loaded.
    /// </summary>
    internal async Task<bool> HasNewestSchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            return NewestSchema.Equals(await ReadValueAsync(
                """SELECT count(*) || ' ' || max("MigrationId") FROM "__EFMigrationsHistory" """, cancellationToken));
        }
        catch (DbException)
        {
            return false; // an empty database has no such table, and one that is locked is looked at again
        }
    }

    /// <summary>
    /// One value by SQL alone; null where there is none. The first query that EF translates costs a start a quarter of a second.
    /// </summary>
    internal async Task<object?> ReadValueAsync(string sql, CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(cancellationToken) is var value and not DBNull ? value : null;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Applies the migrations that are pending. Names that were erased or corrected before there was a salt could be tried on
    /// their digest, by the receipt's secret: of those secrets only the hash stays, by which a receipt's address is still recognised.
    /// </summary>
    private protected async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var pending = (await Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        var isNew = !(await Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
        // Before the migration, so that it is done again where it was interrupted.
        if (!isNew && pending.Exists(name => name.EndsWith("_Salt", StringComparison.Ordinal)))
        {
            if (pending.Find(name => name.EndsWith("_TextTranslations", StringComparison.Ordinal)) is { } before)
                await this.GetService<IMigrator>().MigrateAsync(before, cancellationToken);
            await Database.ExecuteSqlRawAsync(
                $"""
                 UPDATE pledges SET "Secret" = sha256("Secret"), "ContentHash" = NULL
                 WHERE "Position" = 0 AND length("Secret") = 12 AND ("ContentHash" IS NULL
                     OR "Sequence" IN (SELECT "Subject" FROM ledger_acts WHERE "Kind" = {(int)LedgerActKind.Corrected}))
                 """, cancellationToken);
        }
        await Database.MigrateAsync(cancellationToken);
    }

    /// <summary>SQL that goes before taking the lock of the audit log's chain.</summary>
    private protected virtual string BeforeAuditLock => "";

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
        // A model that is compiled ahead cannot hold them; it is given them when it is loaded (CompiledModels/).
        if (EF.IsDesignTime)
            return;
        foreach (var filter in AccessFilters())
            model.Entity(filter.Parameters[0].Type).HasQueryFilter(filter);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await WriteGuard.CheckAsync(this, cancellationToken);
        foreach (var entry in ChangeTracker.Entries<CampaignEvent>())
            if (entry.State is EntityState.Modified or EntityState.Added)
                entry.Entity.Touch();
        foreach (var entry in ChangeTracker.Entries<Organization>())
            if (entry.State == EntityState.Modified)
                entry.Entity.Touch();

        var planted = ChangeTracker.Entries<Organization>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var lines = ChangeTracker.Entries<AuditEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        if (planted.Count == 0 && lines.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        foreach (var line in lines)
            Entry(line).State = EntityState.Detached; // its place in the chain is known only under the chain's lock
        int saved;
        try
        {
            saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (planted.Count > 0)
                await SetPathsAsync(planted, acceptAllChangesOnSuccess, cancellationToken);
            if (lines.Count > 0)
                await AppendAsync(lines, cancellationToken);
        }
        catch
        {
            AuditEntries.AddRange(lines); // for whoever saves again what somebody else has overtaken
            throw;
        }
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>A path holds the organization's own id, which the database gives.</summary>
    private async Task SetPathsAsync(List<Organization> planted, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        foreach (var organization in planted.OrderBy(o => o.Id))
        {
            if (organization.ParentId is not null && organization.Parent is null)
                await Entry(organization).Reference(o => o.Parent).LoadAsync(cancellationToken);
            if (organization.Parent is { } parent && !planted.Contains(parent))
                await HoldAsync(parent, cancellationToken);
            organization.SetPath(organization.Parent?.Path);
        }
        await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// Raises the parent's revision, which holds its row until the transaction ends, and reads where it lies now: one that was moved
    /// meanwhile has another path, and one that is being moved is overtaken by this.
    /// </summary>
    private async Task HoldAsync(Organization parent, CancellationToken cancellationToken)
    {
        await HoldOrganizationAsync(parent.Id, cancellationToken);
        await Entry(parent).ReloadAsync(cancellationToken);
    }

    /// <summary>Raises an organization's revision, which holds its row until the transaction ends.</summary>
    internal Task HoldOrganizationAsync(int id, CancellationToken cancellationToken) => Organizations.IgnoreQueryFilters()
        .Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Revision, o => o.Revision + 1), cancellationToken);

    private async Task AppendAsync(List<AuditEntry> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
            await this.CompleteAsync(line, cancellationToken);
        await AuditAppender.AppendAsync(
            Database.GetDbConnection(), BeforeAuditLock, lines, this.GetService<TimeProvider>().GetUtcNow(), cancellationToken);
    }

    /// <summary>SQLite cannot order by a date with an offset; UTC ticks order like the moments they name.</summary>
    internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
