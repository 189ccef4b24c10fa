using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Report;

/// <summary>
/// A photo of an activity report, for whoever may read the report, observers too: those who can be recognised have agreed to that
/// (docs/domain.md 0).
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportPhotoPage(DeskPageDependencies desk) : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await Db.ReportPhotos.Where(p => p.Id == Id && p.EventId == Event.Id).Select(p => p.Bytes)
            .SingleOrDefaultAsync(HttpContext.RequestAborted) is { } bytes
            ? File(bytes, "image/jpeg")
            : NotFound();
}
