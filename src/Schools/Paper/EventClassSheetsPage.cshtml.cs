using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>A class of an event within the account's access scope. Any other class is answered with 404.</summary>
[Authorize(Policy = Policies.Organize)]
public abstract class EventClassPageModel(DeskPageDependencies desk) : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public int ClassId { get; set; }

    public PublishedEvent Public { get; private set; } = null!;

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Classes);

    protected override async Task<bool> TryLoadAsync()
    {
        Public = (await Published.FindAsync(Event.Id))!.Localized();
        return Event.Classes.Exists(c => c.Id == ClassId);
    }
}

/// <summary>The sheets of a class, for an organizer: printing, photos, and deciding row by row.</summary>
[RequestSizeLimit(SheetForms.RequestMaxBytes), ReceivesFiles]
public sealed class EventClassSheetsPage(
    DeskPageDependencies desk, ClassPaperReader reader, SheetForms forms, PaperPhotos photos, PaperDecisions decisions,
    IStringLocalizer<PaperText> localizer) : EventClassPageModel(desk)
{
    /// <summary>The page to decide.</summary>
    [BindProperty(SupportsGet = true)]
    public int Sheet { get; set; }

    /// <summary>The school holds the written consents of guardians who have not signed the sheet.</summary>
    [BindProperty]
    public bool HoldsGuardianConsent { get; set; }

    public string? Refusal { get; private set; }

    public SheetWork Work { get; private set; } = null!;

    private PaperActor Actor => PaperActor.Of(
        User, HoldsGuardianConsent, ShownConsent.Of(Public.Rules[0].Version, localizer["Decide.Consent"].Value));

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        var paper = await reader.ReadAsync(Public, ClassId, Sheet, withUnknown: true, Cancelled);
        if (Actor.NoteViews(Db, Event.Id, ClassId, paper))
            await Db.SaveChangesAsync(Cancelled);
        Work = new SheetWork(Public, ClassId, paper, DeskRoutes.ClassSheets(Event.Code, ClassId),
            DeskRoutes.ClassSheetsPdf(Event.Code, ClassId), true, false);
    }

    public async Task<IActionResult> OnPostAsync(string? act)
    {
        if (await forms.DecideAsync(Public, ClassId, Sheet, Request.Form, act, Actor, Cancelled) is not { } done)
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
        var (words, any) = !HttpContext.HasRoomForFiles() ? (forms.NoRoom, false)
            : await forms.UploadAsync(Public, ClassId, new HashSet<int> { ClassId }, files, Actor, Cancelled);
        if (any)
            return Then(words);
        await OnGetAsync();
        Refusal = words;
        Response.StatusCode = HttpContext.HasRoomForFiles() ? StatusCodes.Status400BadRequest
            : StatusCodes.Status507InsufficientStorage;
        return Page();
    }

    public async Task<IActionResult> OnPostAssignAsync(int photo) =>
        await photos.AssignAsync(
            Event.Id, photo, Sheet, (p, s) => s.ClassId == ClassId && (p.ClassId ?? ClassId) == ClassId, Actor, Cancelled)
            ? Then(null)
            : NotFound();

    public async Task<IActionResult> OnPostRemoveAsync(int photo) =>
        await photos.RemoveAsync(Event.Id, photo, p => (p.ClassId ?? ClassId) == ClassId, Actor, Cancelled)
            ? Then(forms.PhotoRemoved)
            : NotFound();

    /// <summary>Takes one row out of the count.</summary>
    public async Task<IActionResult> OnPostUndoAsync(int row)
    {
        var line = AuditLine(AuditAction.PledgesInvalidated, count: 1);
        line.ClassId = ClassId;
        return await decisions.UndoAsync(Public, ClassId, Sheet, row, User.AccountId(), line, Cancelled)
            ? Then(localizer["Done.Undone"])
            : NotFound();
    }

    private RedirectResult Then(string? done, int? next = null)
    {
        Done = done;
        var here = DeskRoutes.ClassSheets(Event.Code, ClassId);
        return Redirect(Sheet == 0 ? here : $"{here}?sheet={next ?? Sheet}");
    }
}
