using System.Linq.Expressions;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

public abstract partial class CampaignDb
{
    // Read anew at every query: a filter may only look at members of the context itself.
    private bool IsUnrestricted => AccessScope.IsEverything;
    private string ScopePath => AccessScope.Path ?? "";
    private bool IsRoot => AccessScope.IsRoot;

    /// <summary>What of each table <see cref="AccessScope"/> lets through. A table that is not listed is not filtered.</summary>
    internal IReadOnlyList<LambdaExpression> AccessFilters() =>
    [
        Filter<Organization>(o => IsUnrestricted || o.Path.StartsWith(ScopePath)),
        Filter<OrganizationMove>(m => IsUnrestricted || Organizations.Any(o => o.Id == m.OrganizationId)),
        Filter<ClassGroup>(c => IsUnrestricted || c.School.Path.StartsWith(ScopePath)),
        Filter<ClassRevision>(r => IsUnrestricted || Classes.Any(c => c.Id == r.ClassId)),
        Filter<RosterEntry>(r => IsUnrestricted || r.Class.School.Path.StartsWith(ScopePath)),
        Filter<RosterAnswer>(a => IsUnrestricted || Roster.Any(r => r.Id == a.RosterEntryId)),
        Filter<ClassLink>(l => IsUnrestricted || Classes.Any(c => c.Id == l.ClassId)),
        Filter<Slip>(s => IsUnrestricted || Roster.Any(r => r.Id == s.RosterEntryId)),
        Filter<PaperSheet>(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId)),
        Filter<PaperRow>(r => IsUnrestricted || PaperSheets.Any(s => s.Id == r.SheetId)),
        Filter<PaperPhoto>(p => IsUnrestricted || Events.Any(e => e.Id == p.EventId)),
        Filter<PaperRowPicture>(r => IsUnrestricted || PaperPhotos.Any(p => p.Id == r.PhotoId)),
        Filter<EventPicture>(p => IsUnrestricted || Events.Any(e => e.Id == p.EventId)),
        Filter<EventSeal>(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId)),
        Filter<ReportVersion>(v => IsUnrestricted || Events.Any(e => e.Id == v.EventId)),
        Filter<ReportPhoto>(p => IsUnrestricted || Events.Any(e => e.Id == p.EventId)),
        Filter<Campaign>(c => IsUnrestricted || c.Organization.Path.StartsWith(ScopePath)),
        Filter<CampaignEvent>(e => IsUnrestricted || e.Organization.Path.StartsWith(ScopePath)),
        Filter<PledgeText>(t => IsUnrestricted || t.Campaign.Organization.Path.StartsWith(ScopePath)),
        Filter<ChildrenRules>(r => IsUnrestricted || r.Campaign.Organization.Path.StartsWith(ScopePath)),
        Filter<Scene>(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId)),
        Filter<EventTranslation>(t => IsUnrestricted || Events.Any(e => e.Id == t.EventId)),
        Filter<CampaignTranslation>(t => IsUnrestricted || Campaigns.Any(c => c.Id == t.CampaignId)),
        Filter<OrganizationTranslation>(t => IsUnrestricted || Organizations.Any(o => o.Id == t.OrganizationId)),
        Filter<StageState>(s => IsUnrestricted || Events.Any(e => e.Id == s.EventId)),
        Filter<HostLink>(l => IsUnrestricted || Events.Any(e => e.Id == l.EventId)),
        Filter<ShownName>(n => IsUnrestricted || Events.Any(e => e.Id == n.EventId)),
        Filter<Pledge>(p => IsUnrestricted || Events.Any(e => e.Id == p.EventId)),
        Filter<LedgerAct>(a => IsUnrestricted || Events.Any(e => e.Id == a.EventId)),
        Filter<RosterImportRecord>(r => IsUnrestricted || Organizations.Any(o => o.Id == r.SchoolId)),
        // The program's own; no organization's.
        Filter<Maintenance>(_ => IsUnrestricted),
        Filter<ClockDoubt>(_ => IsUnrestricted),
        Filter<NamesGrant>(g => IsUnrestricted || g.Organization.Path.StartsWith(ScopePath)),
        Filter<ApiToken>(t => IsUnrestricted || t.Organization.Path.StartsWith(ScopePath)),
        Filter<WeeklyExport>(x => IsUnrestricted || x.Organization.Path.StartsWith(ScopePath)),
        Filter<ExportDelivery>(d => IsUnrestricted || WeeklyExports.Any(x => x.Id == d.ExportId)),
        Filter<AuditEntry>(a => IsUnrestricted
            || (a.OrganizationPath == null ? IsRoot : a.OrganizationPath.StartsWith(ScopePath))),
        Filter<SigningFlag>(f => IsUnrestricted || Pledges.Any(p => p.Sequence == f.Sequence)),
        Filter<Witness>(w => IsUnrestricted || Pledges.Any(p => p.Sequence == w.Sequence)),
        // A signature is read with its pledge, a session with the request that it came with: by the program itself.
        Filter<Signature>(_ => IsUnrestricted),
        Filter<OrganizerSession>(_ => IsUnrestricted),
        Filter<Heartbeat>(_ => IsUnrestricted),
    ];

    private static LambdaExpression Filter<TEntity>(Expression<Func<TEntity, bool>> isIncluded) => isIncluded;
}
