using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// The one line by which a handler tells the audit log what it does: <c>Db.Audit(AuditAction.EventEdited, Event);</c> before it
/// saves. The line is written with the next save, in its transaction, and goes with it where that fails.
/// </summary>
public static class AuditExtensions
{
    /// <param name="db">Saved next.</param>
    /// <param name="action">What is done.</param>
    /// <param name="e">The event that it is done to; may be new.</param>
    /// <param name="reason">Why, where the action has several reasons.</param>
    /// <param name="count">How many.</param>
    /// <param name="by">Who; the account of the access scope where nobody is named.</param>
    /// <returns>The line, to add further facts to.</returns>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, CampaignEvent e, AuditReason? reason = null, int? count = null,
        AuditActor? by = null) => Add(db, action, e, by, reason, count);

    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, Campaign campaign, int? count = null, AuditActor? by = null) =>
        Add(db, action, campaign, by, null, count);

    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, Organization organization, int? count = null) =>
        Add(db, action, organization, null, null, count);

    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, Organizer account, AuditReason? reason = null, int? count = null,
        AuditActor? by = null) => Add(db, action, account, by, reason, count);

    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, HostLink link, AuditActor? by = null) =>
        Add(db, action, link, by, null, null);

    /// <summary>A line where the rules on children's data have a new version, as they get when an event ends after the campaign.</summary>
    /// <param name="db">Saved next.</param>
    /// <param name="campaign">With its rules.</param>
    /// <param name="before">The version in force before.</param>
    public static void AuditNewRules(this CampaignDb db, Campaign campaign, int before)
    {
        if (campaign.RulesInForce.Version is var version && version != before)
            db.Audit(AuditAction.RulesWritten, campaign, version);
    }

    /// <summary>By the event's row, where the event itself is not loaded.</summary>
    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry AuditEvent(this CampaignDb db, AuditAction action, int eventId, AuditActor by, AuditReason? reason = null,
        int? count = null) => Add(db, action, eventId, by, reason, count);

    /// <summary>
    /// A complete line by the event's row, which is not saved here: for an act of the ledger, which writes it in its own transaction.
    /// </summary>
    public static async Task<AuditEntry> AuditLineAsync(
        this CampaignDb db, AuditAction action, int eventId, AuditActor by, int? count, CancellationToken cancellationToken)
    {
        var line = Line(action, eventId, by, null, count);
        await db.CompleteAsync(line, cancellationToken);
        return line;
    }

    /// <summary>For what concerns no organization, or only that of whoever acts.</summary>
    /// <inheritdoc cref="Audit(CampaignDb, AuditAction, CampaignEvent, AuditReason?, int?, AuditActor?)"/>
    public static AuditEntry Audit(this CampaignDb db, AuditAction action, int? count = null, AuditActor? by = null) =>
        Add(db, action, null, by, null, count);

    /// <summary>Reads what a line says of organization, campaign and event; called once the rest is saved and has its ids.</summary>
    internal static async Task CompleteAsync(this CampaignDb db, AuditEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.About)
        {
            case CampaignEvent e:
                (entry.EventCode, entry.CampaignId) = (e.Code, e.CampaignId);
                await PlaceAsync(db, entry, e.OrganizationId, cancellationToken);
                break;
            case int eventId:
                await PlaceOfEventAsync(db, entry, eventId, cancellationToken);
                break;
            case HostLink link:
                entry.Detail ??= $"{link.Id}";
                await PlaceOfEventAsync(db, entry, link.EventId, cancellationToken);
                break;
            case Campaign campaign:
                entry.CampaignId = campaign.Id;
                await PlaceAsync(db, entry, campaign.OrganizationId, cancellationToken);
                break;
            case Organization organization:
                entry.Subject ??= organization.Name;
                (entry.OrganizationPath, entry.OrganizationName) = (organization.Path, organization.Name);
                break;
            case Organizer account:
                entry.Subject ??= account.UserName;
                await PlaceAsync(db, entry, account.OrganizationId, cancellationToken);
                break;
            case null when entry.OrganizationPath is null:
                entry.OrganizationPath = db.AccessScope.Path;
                entry.OrganizationName = await db.Organizations.IgnoreQueryFilters().Where(o => o.Path == db.AccessScope.Path)
                    .Select(o => o.Name).SingleOrDefaultAsync(cancellationToken);
                break;
        }
    }

    private static async Task PlaceOfEventAsync(CampaignDb db, AuditEntry entry, int eventId, CancellationToken cancellationToken)
    {
        var of = await db.Events.IgnoreQueryFilters().AsNoTracking().Where(e => e.Id == eventId)
            .Select(e => new { e.Code, e.CampaignId, e.OrganizationId }).SingleAsync(cancellationToken);
        (entry.EventCode, entry.CampaignId) = (of.Code, of.CampaignId);
        await PlaceAsync(db, entry, of.OrganizationId, cancellationToken);
    }

    private static async Task PlaceAsync(CampaignDb db, AuditEntry entry, int organizationId, CancellationToken cancellationToken)
    {
        var place = await db.Organizations.IgnoreQueryFilters().AsNoTracking().Where(o => o.Id == organizationId)
            .Select(o => new { o.Path, o.Name }).SingleAsync(cancellationToken);
        (entry.OrganizationPath, entry.OrganizationName) = (place.Path, place.Name);
    }

    private static AuditEntry Add(CampaignDb db, AuditAction action, object? about, AuditActor? by, AuditReason? reason, int? count)
    {
        var line = Line(action, about, by ?? db.AccessScope.Actor, reason, count);
        line.Sequence = db.NextPendingKey();
        return db.AuditEntries.Add(line).Entity;
    }

    private static AuditEntry Line(AuditAction action, object? about, AuditActor by, AuditReason? reason, int? count) => new()
    {
        Action = action,
        AccountId = by.AccountId,
        AccountName = by.AccountName,
        HostLinkId = by.HostLinkId,
        Reason = reason,
        Count = count,
        About = about,
    };
}
