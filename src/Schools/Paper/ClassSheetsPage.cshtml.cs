using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>The class teacher prints the sheets of the class, photographs them when they are signed, and decides row by row.</summary>
[RequestSizeLimit(SheetForms.RequestMaxBytes), ReceivesFiles]
[RateLimit(RateLimitPurpose.ClassUpload)]
public sealed class ClassSheetsPage(
    ClassPageDependencies dependencies, CampaignDbFactory dbFactory, ClassPaperReader reader, SheetForms forms, PaperPhotos photos)
    : ClassLinkPageModel(dependencies)
{
    /// <summary>The page to decide.</summary>
    [BindProperty(SupportsGet = true)]
    public int Sheet { get; set; }

    /// <summary>What was done, on the page after it.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>Why a photo or a name was not kept.</summary>
    public string? Refusal { get; private set; }

    public SheetWork Work { get; private set; } = null!;

    private PaperActor Actor => PaperActor.Of(Link);

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        await OpenAsync(); // the class's names stand in the audit log as read
        var paper = Event is null ? ClassPaper.None
            : await reader.ReadAsync(Event, Link.ClassId, Sheet, withUnknown: false, Cancelled);
        if (Event is null)
            return;
        await using var db = dbFactory.Open();
        if (Actor.NoteViews(db, Event.Id, Link.ClassId, paper))
            await db.SaveChangesAsync(Cancelled);
        Work = new SheetWork(Event, Link.ClassId, paper, Address("/sheets"), Address("/sheets.pdf"), false, Link.HoldsGuardianConsent);
    }

    public async Task<IActionResult> OnPostAsync(string? act)
    {
        if (Event is null || await forms.DecideAsync(Event, Link.ClassId, Sheet, Request.Form, act, Actor, Cancelled) is not { } done)
            return NotFound();
        if (act == SheetForms.Keep)
            return new NoContentResult();
        if (done.Refused.Count == 0)
            return Then(done.Words, done.Next);
        await OnGetAsync();
        (Work, Refusal) = (Work with { Refused = done.Refused }, done.Words);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostUploadAsync(List<IFormFile>? files)
    {
        if (Event is null)
            return NotFound();
        var (words, any) = !HttpContext.HasRoomForFiles() ? (forms.NoRoom, false)
            : await forms.UploadAsync(Event, Link.ClassId, new HashSet<int> { Link.ClassId }, files, Actor, Cancelled);
        if (any)
            return Then(words);
        await OnGetAsync();
        Refusal = words;
        Response.StatusCode = HttpContext.HasRoomForFiles() ? StatusCodes.Status400BadRequest
            : StatusCodes.Status507InsufficientStorage;
        return Page();
    }

    public async Task<IActionResult> OnPostAssignAsync(int photo)
    {
        if (Event is null || !await photos.AssignAsync(
            Event.Id, photo, Sheet, (p, s) => p.ClassId == Link.ClassId && s.ClassId == Link.ClassId, Actor, Cancelled))
            return NotFound();
        return Then(null);
    }

    public async Task<IActionResult> OnPostRemoveAsync(int photo)
    {
        if (Event is null || !await photos.RemoveAsync(Event.Id, photo, p => p.ClassId == Link.ClassId, Actor, Cancelled))
            return NotFound();
        return Then(forms.PhotoRemoved);
    }

    private RedirectResult Then(string? done, int? next = null)
    {
        Done = done;
        var here = Address("/sheets");
        return Redirect(Sheet == 0 ? here : $"{here}{(here.Contains('?') ? '&' : '?')}sheet={next ?? Sheet}");
    }
}
