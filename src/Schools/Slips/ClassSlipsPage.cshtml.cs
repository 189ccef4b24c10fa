using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>The same for the class teacher, who has no account: by the class's link.</summary>
public sealed class ClassSlipsPage(
    ClassPageDependencies dependencies, CampaignDbFactory dbFactory, ClassSlips slips, PublicAddress address,
    IStringLocalizer<SlipsText> localizer) : ClassLinkPageModel(dependencies)
{
    /// <inheritdoc cref="EventSlipsPage.Names"/>
    [BindProperty(SupportsGet = true)]
    public string? Names { get; set; }

    [TempData]
    public string? Done { get; set; }

    public SlipsView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (Event is null)
            return Redirect(Address()); // where it is chosen
        await using var db = dbFactory.Open();
        var pupils = await slips.ReadAsync(db, Event.Id, Link.ClassId, HttpContext.RequestAborted);
        await OpenAsync(AuditReason.Slips, pupils.Count);
        View = new SlipsView(Event, Class, pupils, Names != "no", MayChange: true, Address(), AddressWith, address)
        {
            IsDesk = false,
            IsOver = Signing == SigningStatus.Ended,
            PdfAddress = Address("/slips.pdf") is var file && Names == "no" ? $"{file}{(file.Contains('?') ? '&' : '?')}names=no" : file,
            Done = Done,
        };
        return Page();
    }

    public Task<IActionResult> OnPostIssueAsync() => ChangeAsync(AuditAction.SlipsIssued, "Issued.One", "Issued",
        (db, cancellationToken) => slips.IssueAsync(db, Event!, Link.ClassId, cancellationToken));

    /// <summary>Of one pupil, or of the class.</summary>
    public Task<IActionResult> OnPostReplaceAsync(int? entry) => ChangeAsync(AuditAction.SlipsReplaced, "Replaced.One", "Replaced",
        (db, cancellationToken) => slips.ReplaceAsync(db, Event!, Link.ClassId, entry, cancellationToken));

    /// <inheritdoc cref="OnPostReplaceAsync"/>
    public Task<IActionResult> OnPostRevokeAsync(int? entry) => ChangeAsync(AuditAction.SlipsRevoked, "Revoked.One", "Revoked",
        (db, cancellationToken) => slips.RevokeAsync(db, Event!.Id, Link.ClassId, entry, cancellationToken));

    private async Task<IActionResult> ChangeAsync(
        AuditAction action, string one, string several, Func<CampaignDb, CancellationToken, Task<int>> change)
    {
        if (Event is null)
            return BadRequest();
        await using var db = dbFactory.Open();
        var count = await change(db, HttpContext.RequestAborted);
        var isSaved = true;
        if (count > 0)
        {
            var line = db.AuditEvent(action, Event.Id, AuditActor.Program, count: count);
            (line.ClassId, line.Detail) = (Link.ClassId, $"{Link.Id}");
            isSaved = await ClassSlips.SaveAsync(db, HttpContext.RequestAborted);
        }
        Done = isSaved ? localizer[count == 1 ? one : several, count] : localizer["Issued.Already"];
        Response.Headers.Location = AddressWith("");
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private string AddressWith(string query)
    {
        var here = Address("/slips");
        return query == "" ? here : $"{here}{(here.Contains('?') ? '&' : '?')}{query}";
    }
}
