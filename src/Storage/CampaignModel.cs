using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>How the domain lies in tables. The hot table, <c>pledges</c>, carries one unique index and nothing else.</summary>
internal static partial class CampaignModel
{
    public static void Build(ModelBuilder model)
    {
        Accounts(model);
        OtherPrograms(model);
        Organizations(model);
        Rosters(model);
        Paper(model);
        Events(model);
        Translations(model);
        Ledger(model);
        model.Entity<Maintenance>().ToTable("maintenance").Property(m => m.Id).ValueGeneratedNever();
        model.Entity<ClockDoubt>().ToTable("clock_doubts");
        Audit(model);
    }

    private static void Organizations(ModelBuilder model)
    {
        model.Entity<Organization>(organization =>
        {
            organization.ToTable("organizations");
            organization.Property(o => o.Name).HasMaxLength(Organization.NameMaxLength);
            organization.HasOne(o => o.Parent).WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
            organization.HasIndex(o => o.Path);
            organization.HasMany(o => o.Classes).WithOne(c => c.School).HasForeignKey(c => c.SchoolId);
            organization.Ignore(o => o.Depth);
            organization.Ignore(o => o.ClassesInOrder);
            organization.Ignore(o => o.CurrentClasses);
            // Concurrency token: the second of two people who save one school's classes gets an error instead of overwriting.
            organization.Property(o => o.Revision).IsConcurrencyToken();
        });
        model.Entity<OrganizationMove>(move =>
        {
            move.ToTable("organization_moves");
            move.Property(m => m.From).HasMaxLength(Organization.NameMaxLength);
            move.Property(m => m.To).HasMaxLength(Organization.NameMaxLength);
            move.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId); // go with the organization
        });
        model.Entity<ClassGroup>(group =>
        {
            group.ToTable("classes");
            group.Property(c => c.Label).HasMaxLength(ClassName.LabelMaxLength);
            group.Ignore(c => c.Name);
            group.HasIndex(c => new { c.SchoolId, c.Stage, c.Grade, c.EntryYear, c.Label, c.Number }).IsUnique();
            group.HasIndex(c => c.MergedIntoId);
            group.HasMany(c => c.Revisions).WithOne().HasForeignKey(r => r.ClassId);
        });
        model.Entity<ClassRevision>(revision =>
        {
            revision.ToTable("class_revisions");
            revision.Property(r => r.Label).HasMaxLength(ClassName.LabelMaxLength);
            revision.Ignore(r => r.Name);
        });
    }

    private static void Rosters(ModelBuilder model)
    {
        model.Entity<RosterEntry>(entry =>
        {
            entry.ToTable("roster_entries");
            entry.HasOne(r => r.Class).WithMany().HasForeignKey(r => r.ClassId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RosterImportRecord>(record =>
        {
            record.ToTable("roster_imports");
            record.HasKey(r => r.SchoolId);
            record.Property(r => r.SchoolId).ValueGeneratedNever();
            record.HasOne<Organization>().WithMany().HasForeignKey(r => r.SchoolId); // goes with the school
        });
        model.Entity<RosterAnswer>(answer =>
        {
            answer.ToTable("roster_answers");
            answer.HasKey(a => new { a.EventId, a.RosterEntryId });
            answer.HasOne<CampaignEvent>().WithMany().HasForeignKey(a => a.EventId); // go with the event and with the pupil
            answer.HasOne<RosterEntry>().WithMany().HasForeignKey(a => a.RosterEntryId);
        });
        model.Entity<ClassLink>(link =>
        {
            link.ToTable("class_links");
            link.Ignore(l => l.Vouched);
            link.HasIndex(l => l.SecretHash).IsUnique();
            link.HasOne<ClassGroup>().WithMany().HasForeignKey(l => l.ClassId);
            link.HasOne<CampaignEvent>().WithMany().HasForeignKey(l => l.EventId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<Campaign>().WithMany().HasForeignKey(l => l.CampaignId);
        });
        model.Entity<Slip>(slip =>
        {
            slip.ToTable("slips").Ignore(s => s.Consent);
            slip.HasIndex(s => s.CodeHash).IsUnique();
            slip.HasIndex(s => new { s.EventId, s.RosterEntryId }).IsUnique().HasFilter("\"RevokedAt\" IS NULL");
            slip.HasOne<CampaignEvent>().WithMany().HasForeignKey(s => s.EventId);
            slip.HasOne<RosterEntry>().WithMany().HasForeignKey(s => s.RosterEntryId);
        });
    }

    private static void Paper(ModelBuilder model)
    {
        model.Entity<PaperSheet>(sheet =>
        {
            sheet.ToTable("paper_sheets");
            sheet.Property(s => s.Code).HasMaxLength(PaperSheet.CodeLength);
            sheet.Ignore(s => s.Consent);
            sheet.Ignore(s => s.IsOfSlips);
            sheet.HasIndex(s => s.Code).IsUnique();
            sheet.HasOne<CampaignEvent>().WithMany().HasForeignKey(s => s.EventId);
            sheet.HasOne<ClassGroup>().WithMany().HasForeignKey(s => s.ClassId);
            sheet.HasMany(s => s.Rows).WithOne().HasForeignKey(r => r.SheetId);
        });
        model.Entity<PaperRow>(row =>
        {
            row.ToTable("paper_rows");
            row.HasKey(r => new { r.SheetId, r.Row });
            row.Ignore(r => r.IsDone);
            row.HasIndex(r => r.Sequence); // by which the ledger finds what is to be erased with a pledge
            row.HasOne<RosterEntry>().WithMany().HasForeignKey(r => r.RosterEntryId).OnDelete(DeleteBehavior.SetNull);
        });
        model.Entity<PaperPhoto>(photo =>
        {
            photo.ToTable("paper_photos");
            photo.HasOne<CampaignEvent>().WithMany().HasForeignKey(p => p.EventId);
            photo.HasOne<ClassGroup>().WithMany().HasForeignKey(p => p.ClassId).OnDelete(DeleteBehavior.Cascade);
            photo.HasOne<PaperSheet>().WithMany().HasForeignKey(p => p.SheetId).OnDelete(DeleteBehavior.Cascade);
            photo.HasMany(p => p.Rows).WithOne().HasForeignKey(r => r.PhotoId);
        });
        model.Entity<PaperRowPicture>(picture =>
        {
            picture.ToTable("paper_row_pictures");
            picture.HasKey(p => new { p.PhotoId, p.Row });
            picture.HasOne<RosterEntry>().WithMany().HasForeignKey(p => p.RosterEntryId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Events(ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaigns");
            campaign.HasOne(c => c.Organization).WithMany().HasForeignKey(c => c.OrganizationId).OnDelete(DeleteBehavior.Restrict);
            campaign.HasMany(c => c.Texts).WithOne(t => t.Campaign).HasForeignKey(t => t.CampaignId);
            campaign.HasMany(c => c.Rules).WithOne(r => r.Campaign).HasForeignKey(r => r.CampaignId);
            campaign.Ignore(c => c.RulesInForce);
            campaign.Ignore(c => c.HasPromised);
            campaign.HasMany(c => c.Events).WithOne(e => e.Campaign).HasForeignKey(e => e.CampaignId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PledgeText>(text =>
        {
            text.ToTable("pledge_texts");
            text.HasIndex(t => new { t.CampaignId, t.Role, t.Version }).IsUnique();
            text.Ignore(t => t.Wording);
            text.Property(t => t.Translations).HasConversion<TranslationsJson>(TranslationsJson.Comparer).HasDefaultValueSql("'[]'");
        });
        model.Entity<ChildrenRules>(rules =>
        {
            rules.ToTable("children_rules");
            rules.HasIndex(r => new { r.CampaignId, r.Version }).IsUnique();
            rules.Ignore(r => r.Settings);
        });
        model.Entity<CampaignEvent>(e =>
        {
            e.ToTable("events");
            e.HasIndex(x => x.Code).IsUnique();
            e.HasOne(x => x.Organization).WithMany().HasForeignKey(x => x.OrganizationId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(x => x.Scenes).WithOne().HasForeignKey(s => s.EventId);
            e.HasMany(x => x.Classes).WithMany().UsingEntity("event_classes");
            // Concurrency token: the second of two organizers who save one event gets an error instead of overwriting.
            e.Property(x => x.Revision).IsConcurrencyToken();
        });
        model.Entity<Scene>(scene =>
        {
            scene.ToTable("scenes");
            scene.Property(s => s.Settings).HasConversion<SettingsJson>(SettingsJson.Comparer).HasDefaultValueSql("'{}'");
        });
        model.Entity<EventPicture>(picture =>
        {
            picture.ToTable("event_pictures");
            picture.Property(p => p.Subject).HasMaxLength(CampaignEvent.PartnerMaxLength);
            picture.HasOne<CampaignEvent>().WithMany().HasForeignKey(p => p.EventId);
        });
        model.Entity<EventSeal>(seal =>
        {
            seal.ToTable("event_seals");
            // Unique: the second of two nodes that make one archive gets an error and is made again.
            seal.HasIndex(s => new { s.EventId, s.Version }).IsUnique();
            seal.HasOne<CampaignEvent>().WithMany().HasForeignKey(s => s.EventId);
        });
        model.Entity<ReportVersion>(version =>
        {
            version.ToTable("report_versions");
            // Unique: the second of two people who write one version gets an error and is told.
            version.HasIndex(v => new { v.EventId, v.Language, v.Version }).IsUnique();
            version.Ignore(v => v.Wording);
            version.HasOne<CampaignEvent>().WithMany().HasForeignKey(v => v.EventId);
        });
        model.Entity<ReportPhoto>(photo =>
        {
            photo.ToTable("report_photos");
            // Unique: of two who upload at once, the second finds the place taken.
            photo.HasIndex(p => new { p.EventId, p.Place }).IsUnique();
            photo.HasOne<CampaignEvent>().WithMany().HasForeignKey(p => p.EventId);
        });
        model.Entity<StageState>(stage =>
        {
            stage.ToTable("stages");
            stage.HasKey(s => s.EventId);
            stage.Property(s => s.EventId).ValueGeneratedNever();
            stage.Property(s => s.PositionAtStart).HasColumnName("StoodAt");
            // Concurrency token: the second of two hosts reads the state again and repeats its act on it.
            stage.Property(s => s.Version).IsConcurrencyToken();
            stage.HasOne<CampaignEvent>().WithOne().HasForeignKey<StageState>(s => s.EventId);
        });
        model.Entity<HostLink>(link =>
        {
            link.ToTable("host_links");
            link.Property(l => l.Label).HasMaxLength(HostLink.LabelMaxLength);
            link.HasIndex(l => l.SecretHash).IsUnique();
            link.HasOne<CampaignEvent>().WithMany().HasForeignKey(l => l.EventId);
        });
        model.Entity<ShownName>(name =>
        {
            name.ToTable("shown_names");
            name.HasKey(n => new { n.EventId, n.Sequence });
            name.HasOne<CampaignEvent>().WithMany().HasForeignKey(n => n.EventId);
        });
    }

    private static void Ledger(ModelBuilder model)
    {
        model.Entity<Pledge>(pledge =>
        {
            pledge.ToTable("pledges");
            pledge.HasKey(p => p.Sequence);
            pledge.Property(p => p.Sequence).ValueGeneratedNever();
            pledge.HasIndex(p => new { p.Key, p.Position }).IsUnique();
            // Partial index over the few rows with CountedWith; inserting any other row does not touch it.
            pledge.HasIndex(p => p.CountedWith).HasFilter("\"CountedWith\" IS NOT NULL");
            // The same over whoever is known as, or signed alone for, a pupil on a list. What comes by phone without a slip is not in it.
            pledge.HasIndex(p => p.RosterEntryId).HasFilter("\"RosterEntryId\" IS NOT NULL");
        });
        model.Entity<Signature>(signature =>
        {
            signature.ToTable("signatures");
            signature.HasKey(s => s.Sequence);
            signature.Property(s => s.Sequence).ValueGeneratedNever();
        });
        model.Entity<SigningFlag>(flag =>
        {
            flag.ToTable("signing_flags");
            flag.HasKey(f => f.Sequence);
            flag.Property(f => f.Sequence).ValueGeneratedNever();
        });
        model.Entity<Witness>(witness =>
        {
            witness.ToTable("witnesses");
            witness.HasKey(w => w.Sequence);
            witness.Property(w => w.Sequence).ValueGeneratedNever();
        });
        model.Entity<LedgerAct>(act =>
        {
            act.ToTable("ledger_acts");
            act.HasKey(a => a.Sequence);
            act.Property(a => a.Sequence).ValueGeneratedNever();
            act.HasIndex(a => a.Subject);
            act.Property(a => a.LastChanged).HasColumnName("Reaches"); // its first name: nodes of an earlier version still read it by that
        });
        model.Entity<Heartbeat>(heartbeat =>
        {
            heartbeat.ToTable("heartbeats");
            heartbeat.Property(h => h.Id).ValueGeneratedNever();
        });
    }

    /// <summary>Triggers of the migration refuse to change a line, and to delete one before its time.</summary>
    private static void Audit(ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entries");
            entry.HasKey(a => a.Sequence);
            entry.Property(a => a.Sequence).ValueGeneratedNever();
            entry.Ignore(a => a.About);
            entry.HasIndex(a => a.EventCode); // what the log's page filters by, beside the order of the lines
            entry.HasIndex(a => a.At);
        });
        model.Entity<AuditChain>(chain =>
        {
            chain.ToTable("audit_chain");
            chain.Property(c => c.Id).ValueGeneratedNever();
        });
    }
}
