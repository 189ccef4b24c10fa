using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassLinks;

/// <summary>
/// Gives the teachers of classes, who have no account, links to their classes, and ends them again. New links are shown once and their
/// secrets kept nowhere.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed partial class ClassLinksPage(
    DeskPageDependencies desk, PublicAddress address, ClockCheck clock, IStringLocalizer<SchoolsText> localizer,
    ILogger<ClassLinksPage> log)
    : EventPageModel(desk)
{
    /// <summary>A class and the newest of its links that is open, or else of all; null where it has none.</summary>
    public sealed record Row(ClassGroup Class, ClassLink? Link);

    /// <summary>Not one event's alone: every event of the campaign in which a class takes part.</summary>
    [BindProperty]
    public bool ForCampaign { get; set; }

    /// <inheritdoc cref="ClassLink.HoldsGuardianConsent"/>
    [BindProperty]
    public bool HoldsGuardianConsent { get; set; }

    /// <summary>By <see cref="Organization.Id"/>: two schools may have one name.</summary>
    public IReadOnlyList<IGrouping<int, Row>> Schools { get; private set; } = [];

    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();

    public int OpenLinks { get; private set; }

    /// <summary>
    /// The addresses of the links just made, one line each, as they are copied. What they are computed from comes with the redirect
    /// after the press, in the encrypted temp-data cookie, and is gone once shown: reloading the page makes no second link.
    /// </summary>
    public IReadOnlyList<string> ShownOnce { get; private set; } = [];

    public DateTimeOffset Now => clock.Now;

    /// <summary>Names the event: another event's page must not show it.</summary>
    private string SharedSecretKey => $"ClassLinks.{Event.Id}";

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events
        .Include(e => e.Campaign.Rules).Include(e => e.Campaign.Events).Include(e => e.Classes).ThenInclude(c => c.School.Parent);

    public async Task OnGetAsync()
    {
        var links = await LinksAsync();
        var rows = Event.Classes.OrderBy(c => c.School.Name, NameOrder.Instance).ThenBy(c => c.SchoolId)
            .ThenBy(c => c.Name, ClassName.SchoolOrder)
            .Select(c => new Row(c, links.Where(link => link.ClassId == c.Id).OrderBy(link => link.IsOpenAt(Now)).ThenBy(link => link.Id)
                .LastOrDefault())).ToList();
        Schools = [.. rows.GroupBy(row => row.Class.SchoolId)];
        Names = SchoolNames.Of(rows.Select(row => row.Class.School), EventLanguageExtensions.LocalizedName);
        OpenLinks = links.Count(link => link.IsOpenAt(Now));
        if (TempData[SharedSecretKey] is string shared)
            ShownOnce = [.. from row in rows
                            let secret = LinkSecret.OfSeveral(shared, row.Class.Id)
                            where links.Exists(link => link.SecretHash == LinkSecret.HashOf(secret))
                            select LineOf(row.Class, address.ClassLink(secret))];
    }

    /// <summary>
    /// For one class, in place of the links that it has; or for a school or all classes, where they have none that is open.
    /// </summary>
    public async Task<IActionResult> OnPostNewAsync(int? group, int? school)
    {
        var open = (await LinksAsync()).Where(link => link.IsOpenAt(Now)).ToList();
        var chosen = Event.Classes.Where(c => group is { } one ? c.Id == one
            : (school is null || c.SchoolId == school) && !open.Exists(link => link.ClassId == c.Id)).ToList();
        var until = Expiry();
        if (chosen.Count == 0 || until <= Now)
        {
            Done = localizer[until <= Now ? "Links.Over" : "Links.NothingNew"];
            return RedirectToPage(new { Event.Code });
        }
        foreach (var link in open.Where(link => link.ClassId == group))
            link.Revoke(Now);
        var shared = LinkSecret.New();
        var vouched = ShownConsent.Of(Event.Campaign.RulesInForce.Version, localizer["Links.Consent"].Value);
        foreach (var c in chosen)
            Db.ClassLinks.Add(new ClassLink(c.Id, ForCampaign ? null : Event.Id, Event.CampaignId,
                LinkSecret.HashOf(LinkSecret.OfSeveral(shared, c.Id)), HoldsGuardianConsent, User.AccountId(), Now, until,
                vouched));
        Db.Audit(AuditAction.ClassLinkCreated, Event, count: chosen.Count);
        await Db.SaveChangesAsync();
        LogClassLinksCreated(User.AccountId(), chosen.Count, Event.Id);
        TempData[SharedSecretKey] = shared;
        return RedirectToPage(new { Event.Code });
    }

    /// <summary>One, or all of this event's classes.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(int? link)
    {
        var revoked = (await LinksAsync()).Where(found => found.IsOpenAt(Now) && (link is null || found.Id == link)).ToList();
        if (revoked.Count > 0)
        {
            revoked.ForEach(found => found.Revoke(Now));
            Db.Audit(AuditAction.ClassLinkRevoked, Event, count: revoked.Count);
            await Db.SaveChangesAsync();
            LogClassLinksRevoked(User.AccountId(), revoked.Count, Event.Id);
            Done = localizer[revoked.Count == 1 ? "Links.Revoked.One" : "Links.Revoked", revoked.Count];
        }
        return RedirectToPage(new { Event.Code });
    }

    /// <summary>Of the event's classes: its own links, and those of the whole campaign.</summary>
    private Task<List<ClassLink>> LinksAsync()
    {
        var classes = Event.Classes.Select(c => c.Id).ToList();
        return Db.ClassLinks.Where(link => classes.Contains(link.ClassId)
            && (link.EventId == Event.Id || (link.EventId == null && link.CampaignId == Event.CampaignId))).ToListAsync();
    }

    private string LineOf(ClassGroup group, string link) =>
        localizer["Links.Line", Names[group.SchoolId], group.LocalizedName(), link];

    private DateTimeOffset Expiry()
    {
        var last = ForCampaign ? Event.Campaign.Events.MaxBy(e => e.EndsAt)! : Event;
        return ClassLink.ExpiryOf(last.EndsAt, last.HomeSigningUntil, last.TimeZone, Event.Campaign.RulesInForce.Settings.EraseOn);
    }

    [LoggerMessage(2521, LogLevel.Information, "Account {AccountId} made {Count} class links of event {EventId}")]
    private partial void LogClassLinksCreated(int accountId, int count, int eventId);

    [LoggerMessage(2522, LogLevel.Information, "Account {AccountId} revoked {Count} class links of event {EventId}")]
    private partial void LogClassLinksRevoked(int accountId, int count, int eventId);
}
