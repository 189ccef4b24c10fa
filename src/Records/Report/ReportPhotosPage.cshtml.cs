using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>A photo as the page lists it.</summary>
public sealed record ListedPhoto(int Id, string Caption, int Width, int Height);

/// <summary>The photos of an activity report: a few, each with the consent of the people on it, gone on the promised day.</summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(RequestMaxBytes), ReceivesFiles]
public sealed class ReportPhotosPage(
    DeskPageDependencies desk, IStringLocalizer<ReportText> localizer, PreparedFiles prepared, PledgeLedger ledger, TimeProvider time)
    : EventPageModel(desk)
{
    /// <summary>Largest file, in megabytes: a photo from a phone.</summary>
    public const int MaxMegabytes = 10;

    /// <summary>Above the largest file, so that a larger one is answered with a sentence; far above, by the server itself.</summary>
    private const int RequestMaxBytes = 4 * MaxMegabytes * 1024 * 1024;

    public sealed record PhotoForm
    {
        public IFormFile? Photo { get; init; }

        public string? Caption { get; init; }

        /// <summary>Whoever uploads has the consent of the people on the photo, of children their guardians'.</summary>
        public bool Consent { get; init; }
    }

    [BindProperty]
    public PhotoForm Form { get; set; } = new();

    public IReadOnlyList<ListedPhoto> Photos { get; private set; } = [];

    /// <summary>The day on which they go.</summary>
    public DateOnly EraseOn => Event.Campaign.RulesInForce.Settings.EraseOn;

    /// <summary>What is uploaded after that day nobody would erase.</summary>
    public bool IsErased => Event.Campaign.ErasedAt is not null || EraseOn <= time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Campaign).ThenInclude(c => c.Rules);

    protected override async Task<bool> TryLoadAsync()
    {
        Photos = await Db.ReportPhotos.Where(p => p.EventId == Event.Id).OrderBy(p => p.Id)
            .Select(p => new ListedPhoto(p.Id, p.Caption, p.Width, p.Height)).ToListAsync();
        return true;
    }

    public void OnGet()
    {
        // lists the photos
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var read = Reader(localizer, nameof(Form), "Photo");
        var caption = read.Line(nameof(Form.Caption), Form.Caption, ReportPhoto.CaptionMaxLength);
        if (!Form.Consent)
            read.Refuse(nameof(Form.Consent), "Photo.NoConsent");
        if (Draw(read) is not { } drawn || !ModelState.IsValid)
        {
            if (!HttpContext.HasRoomForFiles())
                Response.StatusCode = StatusCodes.Status507InsufficientStorage;
            return Page();
        }
        if (!await TryAddAsync(caption, drawn))
        {
            read.Refuse(nameof(Form.Photo), "Photo.TooMany", MaxMegabytes, ReportPhoto.MaxPhotos);
            await TryLoadAsync();
            return Page();
        }
        return Settled("Done.PhotoKept");
    }

    /// <summary>False where others have taken the last places meanwhile.</summary>
    private async Task<bool> TryAddAsync(string caption, DrawnPicture drawn)
    {
        Db.Audit(AuditAction.ReportPhotoAdded, Event);
        for (; ; )
        {
            var taken = await Db.ReportPhotos.Where(p => p.EventId == Event.Id).Select(p => p.Place).ToListAsync();
            if (ReportPhoto.FreePlace(taken) is not { } place)
                return false;
            var photo = Db.ReportPhotos.Add(
                new ReportPhoto(Event.Id, caption, drawn.Bytes, drawn.Width, drawn.Height, time.GetUtcNow(), place));
            try
            {
                await Db.SaveChangesAsync();
                return true;
            }
            catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
            {
                photo.State = EntityState.Detached;
                if (!await Db.ReportPhotos.AnyAsync(p => p.EventId == Event.Id && p.Place == place))
                    throw;
            }
        }
    }

    public async Task<IActionResult> OnPostRemoveAsync(int photo)
    {
        if (await Db.ReportPhotos.SingleOrDefaultAsync(p => p.Id == photo && p.EventId == Event.Id) is not { } found)
            return Redirect(DeskRoutes.ReportPhotos(Event.Code));
        Db.ReportPhotos.Remove(found);
        Db.Audit(AuditAction.ReportPhotoRemoved, Event);
        await Db.SaveChangesAsync();
        ledger.NoteErasure();
        return Settled("Done.PhotoRemoved");
    }

    /// <summary>Null where there is nothing to keep, which has been said at the field.</summary>
    private DrawnPicture? Draw(FormReader read)
    {
        var why = IsErased ? "Erased"
            : !HttpContext.HasRoomForFiles() ? "NoRoom"
            : Photos.Count >= ReportPhoto.MaxPhotos ? "TooMany"
            : Form.Photo is not { Length: > 0 } ? "None"
            : Form.Photo.Length > MaxMegabytes * 1024 * 1024 ? "TooLarge"
            : null;
        if (why is null)
        {
            using var upload = Form.Photo!.OpenReadStream();
            if (UploadedPicture.ReadPhoto(upload, ReportPhoto.MaxSide) is { } drawn)
                return drawn;
        }
        read.Refuse(nameof(Form.Photo), $"Photo.{why ?? "NotAPicture"}", MaxMegabytes, ReportPhoto.MaxPhotos);
        return null;
    }

    private RedirectResult Settled(string done)
    {
        prepared.Drop(Event.Id); // archives hold the photos as they were
        Done = localizer[done];
        return Redirect(DeskRoutes.ReportPhotos(Event.Code));
    }
}
