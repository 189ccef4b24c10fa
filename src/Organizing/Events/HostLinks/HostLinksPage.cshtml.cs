using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.HostLinks;

/// <summary>
/// Lets helpers without an account host the event, and ends that again. A new link is shown once and its secret kept
/// nowhere.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed partial class HostLinksPage(
    DeskPageDependencies desk, PublicAddress address, IStringLocalizer<HostLinksText> localizer, ClockCheck clock,
    ILogger<HostLinksPage> log) : EventPageModel(desk)
{
    /// <param name="By">The account that made it; null where it is gone or outside the access scope.</param>
    public sealed record Row(int Id, string? Label, DateTimeOffset CreatedAt, string? By, DateTimeOffset? RevokedAt);

    public sealed record NewLinkForm
    {
        /// <summary>Whom it is for; may be empty.</summary>
        public string? Label { get; init; }
    }

    [BindProperty]
    public NewLinkForm Form { get; set; } = new();

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Row> Links { get; private set; } = [];

    /// <summary>The event is over, and all of its links with it.</summary>
    public bool IsOver => Event.HostLinksUntil <= clock.Now;

    /// <summary>
    /// The address of the link just made, and its QR code. The secret comes with the redirect after the press, in the
    /// encrypted temp-data cookie, and is gone once shown: reloading the page makes no second link.
    /// </summary>
    public (string Address, QrDrawing Qr)? ShownOnce { get; private set; }

    /// <summary>Names the event: another event's page must not show it.</summary>
    private string NewSecretKey => $"HostLink.{Event.Id}";

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostNewAsync()
    {
        var label = Reader(localizer, nameof(Form), "Field").Line(nameof(Form.Label), Form.Label, HostLink.LabelMaxLength, required: false);
        if (!ModelState.IsValid)
        {
            await ShowAsync();
            return Page();
        }
        var secret = LinkSecret.New();
        var link = new HostLink(Event.Id, LinkSecret.HashOf(secret), User.AccountId(), clock.Now, label == "" ? null : label);
        Db.HostLinks.Add(link);
        Db.Audit(AuditAction.HostLinkCreated, link);
        await Db.SaveChangesAsync();
        LogHostLinkCreated(User.AccountId(), link.Id, Event.Id);
        TempData[NewSecretKey] = secret;
        return RedirectToPage(new { Event.Code });
    }

    public async Task<IActionResult> OnPostRevokeAsync(int link)
    {
        if (await Db.HostLinks.SingleOrDefaultAsync(l => l.Id == link && l.EventId == Event.Id) is { } found)
        {
            found.Revoke(clock.Now);
            Db.Audit(AuditAction.HostLinkRevoked, found);
            await Db.SaveChangesAsync();
            LogHostLinkRevoked(User.AccountId(), link, Event.Id);
        }
        return RedirectToPage(new { Event.Code });
    }

    private async Task ShowAsync()
    {
        if (TempData[NewSecretKey] is string secret)
        {
            var made = address.HostLink(Event.Code, secret);
            ShownOnce = (made, new QrDrawing(made));
        }
        Links = await Db.HostLinks.Where(l => l.EventId == Event.Id).OrderByDescending(l => l.Id)
            .Select(l => new Row(l.Id, l.Label, l.CreatedAt,
                Db.OrganizersInScope.Where(o => o.Id == l.CreatedBy).Select(o => o.UserName).FirstOrDefault(), l.RevokedAt))
            .ToListAsync();
    }

    [LoggerMessage(1905, LogLevel.Information, "Account {AccountId} made host link {LinkId} of event {EventId}")]
    private partial void LogHostLinkCreated(int accountId, int linkId, int eventId);

    [LoggerMessage(1906, LogLevel.Information, "Account {AccountId} revoked host link {LinkId} of event {EventId}")]
    private partial void LogHostLinkRevoked(int accountId, int linkId, int eventId);
}
