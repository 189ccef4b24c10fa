using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;

namespace SafetyCampaign.Schools.Paper;

/// <summary>The class sheets of an event: numbers of each class, and photos of any of them at once.</summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(SheetForms.RequestMaxBytes), ReceivesFiles]
public sealed class EventSheetsPage(DeskPageDependencies desk, SheetForms forms) : EventPageModel(desk)
{
    /// <summary>A class and its paper.</summary>
    /// <param name="Class">The class.</param>
    /// <param name="Printed">Pages that were printed.</param>
    /// <param name="Photos">Photos of them.</param>
    /// <param name="Waiting">Rows that are decided as signed and do not count yet.</param>
    /// <param name="Counted">Rows that have become pledges.</param>
    public sealed record Row(ClassGroup Class, int Printed, int Photos, int Waiting, int Counted);

    public IReadOnlyList<IGrouping<string, Row>> Schools { get; private set; } = [];

    /// <summary>Photos of which nobody knows the class.</summary>
    public int Unplaced { get; private set; }

    public string? Refusal { get; private set; }

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Classes).ThenInclude(c => c.School);

    public async Task OnGetAsync()
    {
        var sheets = await Db.PaperSheets.AsNoTracking().Where(s => s.EventId == Event.Id).Select(s => new
        {
            s.ClassId,
            IsPrinted = s.Pages > 0,
            Photos = Db.PaperPhotos.Count(p => p.SheetId == s.Id),
            Waiting = s.Rows.Count(r => r.Sequence == null
                && (r.Decision == PaperDecision.ChildOnly || r.Decision == PaperDecision.WithGuardian)),
            Counted = s.Rows.Count(r => r.Sequence != null),
        }).ToListAsync();
        var of = sheets.ToLookup(s => s.ClassId);
        Schools = [.. Event.Classes.OrderBy(c => c.School.Name, NameOrder.Instance).ThenBy(c => c.Name, ClassName.SchoolOrder)
            .GroupBy(c => c.School.LocalizedName(), c => new Row(
                c, of[c.Id].Count(s => s.IsPrinted), of[c.Id].Sum(s => s.Photos), of[c.Id].Sum(s => s.Waiting),
                of[c.Id].Sum(s => s.Counted)))];
        Unplaced = await Db.PaperPhotos.CountAsync(p => p.EventId == Event.Id && p.ClassId == null);
    }

    public async Task<IActionResult> OnPostUploadAsync(List<IFormFile>? files)
    {
        var e = (await Published.FindAsync(Event.Id))!;
        var (words, any) = !HttpContext.HasRoomForFiles() ? (forms.NoRoom, false) : await forms.UploadAsync(e, null,
            Event.Classes.Select(c => c.Id).ToHashSet(), files,
            PaperActor.Of(User, holdsGuardianConsent: false), HttpContext.RequestAborted);
        if (any)
        {
            Done = words;
            return Redirect(DeskRoutes.EventSheets(Event.Code));
        }
        await OnGetAsync();
        Refusal = words;
        Response.StatusCode = HttpContext.HasRoomForFiles() ? StatusCodes.Status400BadRequest
            : StatusCodes.Status507InsufficientStorage;
        return Page();
    }
}
