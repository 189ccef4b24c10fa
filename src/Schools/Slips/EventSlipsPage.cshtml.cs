using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>The take-home slips of one class for an event: issued, printed two to a sheet, replaced and ended at the desk.</summary>
/// <remarks>Whoever sees a slip can sign with it: the right to see names is not enough.</remarks>
[Authorize(Policy = Policies.Organize)]
public sealed class EventSlipsPage(
    DeskPageDependencies desk, ClassSlips slips, PublicAddress address, TimeProvider time, ClockCheck clock,
    IStringLocalizer<SlipsText> localizer)
    : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public int ClassId { get; set; }

    /// <summary>"no" leaves the names off the paper.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Names { get; set; }

    public SlipsView View { get; private set; } = null!;

    private string Here => DeskRoutes.EventSlips(Event.Code, ClassId);

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ? Page() : NotFound();

    /// <summary>The sheets as a file; none are issued by asking for it.</summary>
    public async Task<IActionResult> OnGetPdfAsync() => !await ReadAsync() ? NotFound()
        : !View.Sheets.Any() ? Redirect(Here)
        : File(SlipsPdf.Of(View, localizer, time.GetUtcNow()), SlipsPdf.ContentType, SlipsPdf.FileName(View));

    private async Task<bool> ReadAsync()
    {
        if (await Published.FindAsync(Event.Id) is not { } published || published.ClassOf(ClassId) is not { } group
            || !await Db.Classes.AnyAsync(c => c.Id == ClassId))
            return false;
        var pupils = await slips.ReadAsync(Db, Event.Id, ClassId, HttpContext.RequestAborted);
        View = new SlipsView(published.Localized(), group, pupils, Names != "no", true, DeskRoutes.EventCoverage(Event.Code),
            query => query == "" ? Here : $"{Here}?{query}", address)
        {
            IsDesk = true,
            IsOver = published.SigningAt(clock.Now) == SigningStatus.Ended,
            PdfAddress = $"{Here}?handler=Pdf{(Names == "no" ? "&names=no" : "")}",
            Done = Done,
        };
        if (pupils.Count > 0)
        {
            Db.Audit(AuditAction.NamesViewed, Event, AuditReason.Slips, pupils.Count).ClassId = ClassId;
            await Db.SaveChangesAsync();
        }
        return true;
    }

    public Task<IActionResult> OnPostIssueAsync() => ChangeAsync(AuditAction.SlipsIssued, "Issued.One", "Issued",
        (e, cancellationToken) => slips.IssueAsync(Db, e, ClassId, cancellationToken));

    /// <summary>Of one pupil, or of the class.</summary>
    public Task<IActionResult> OnPostReplaceAsync(int? entry) => ChangeAsync(AuditAction.SlipsReplaced, "Replaced.One", "Replaced",
        (e, cancellationToken) => slips.ReplaceAsync(Db, e, ClassId, entry, cancellationToken));

    /// <inheritdoc cref="OnPostReplaceAsync"/>
    public Task<IActionResult> OnPostRevokeAsync(int? entry) => ChangeAsync(AuditAction.SlipsRevoked, "Revoked.One", "Revoked",
        (_, cancellationToken) => slips.RevokeAsync(Db, Event.Id, ClassId, entry, cancellationToken));

    private async Task<IActionResult> ChangeAsync(
        AuditAction action, string one, string several, Func<PublishedEvent, CancellationToken, Task<int>> change)
    {
        if (await Published.FindAsync(Event.Id) is not { } e || e.ClassOf(ClassId) is null)
            return NotFound();
        var count = await change(e, HttpContext.RequestAborted);
        var isSaved = true;
        if (count > 0)
        {
            Db.Audit(action, Event, count: count).ClassId = ClassId;
            isSaved = await ClassSlips.SaveAsync(Db, HttpContext.RequestAborted);
        }
        Done = isSaved ? localizer[count == 1 ? one : several, count] : localizer["Issued.Already"];
        return Redirect(Here);
    }
}
