using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>What one card of a lecture says and shows; <c>new</c> in the address is one of the organizer's own.</summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(RequestMaxBytes), RequestFormLimits(MultipartBodyLengthLimit = RequestMaxBytes)]
public sealed class LectureCardPage(
    DeskPageDependencies desk, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers,
    IStringLocalizer<LectureCardsText> localizer)
    : LecturePageModel(desk, kinds, localizers)
{
    public const string NewKey = "new";

    /// <summary>Largest file, in megabytes: a photo from a phone.</summary>
    public const int MaxMegabytes = 10;

    /// <summary>Above the largest file, so that a larger one is answered with a sentence; far above, by the server itself.</summary>
    private const int RequestMaxBytes = 4 * MaxMegabytes * 1024 * 1024;

    public sealed record CardForm
    {
        public string? Title { get; init; }
        public string? Points { get; init; }
        public string? Source { get; init; }
        public IFormFile? Picture { get; init; }

        /// <summary>The picture is taken away; the drawing is shown again where there is one.</summary>
        public bool WithoutPicture { get; init; }
    }

    [FromRoute(Name = "card")]
    public string Key { get; set; } = "";

    [BindProperty]
    public CardForm Form { get; set; } = new();

    /// <summary>The card as it is stored; null for a new one.</summary>
    public LectureCardContent? Card => Cards.FirstOrDefault(card => card.Key == Key);

    /// <summary>Its picture; null where it has none.</summary>
    public PublishedPicture? Picture => Card is { } card ? Public.PictureOf(card) : null;

    public IActionResult OnGet()
    {
        if (!IsThere)
            return NotFound();
        SeenRevision = Event.Revision;
        if (Card is { } card)
            Form = new CardForm { Title = TitleOf(card), Points = string.Join('\n', PointsOf(card)), Source = SourceOf(card) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsThere)
            return NotFound();
        var before = Card ?? new LectureCardContent { Key = Guid.NewGuid().ToString("N")[..8] };
        var card = ReadWords(before);
        var drawn = ReadPicture();
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (drawn is not null || Form.WithoutPicture)
            card = card with { Picture = drawn is null ? null : Guid.NewGuid().ToString("N") };
        if (drawn is not null)
            Db.Pictures.Add(new EventPicture(Event.Id, EventPictureKind.Card, card.Picture, drawn.Bytes, drawn.Width, drawn.Height));
        Put(Card is null ? [.. Cards, card] : [.. Cards.Select(it => it.Key == card.Key ? card : it)]);
        await RemoveUnusedPicturesAsync();
        Db.Audit(AuditAction.LectureCardsChanged, Event);
        if (!await SaveAsync(SeenRevision))
            return await OvertakenAsync();
        Done = localizer["Done.Saved"];
        return Redirect(DeskRoutes.SceneCards(Event.Code, SceneId));
    }

    private bool IsThere => Card is not null || (Key == NewKey && Cards.Count < LectureCardContent.MaxCards);

    /// <summary>The program's own words, typed or all of them cleared, are stored as none: they are shown in each reader's language.</summary>
    private LectureCardContent ReadWords(LectureCardContent before)
    {
        var read = Reader(localizer, nameof(Form), "Field");
        var ours = before.Card is { } card ? LectureCardContent.Of(card) : null;
        var cleared = string.IsNullOrWhiteSpace(Form.Title + Form.Points + Form.Source);
        var title = read.Line(nameof(Form.Title), Form.Title, LectureCardContent.TitleMaxRoom, required: ours is null || !cleared);
        var points = read.Lines(nameof(Form.Points), Form.Points, before.MaxRoomOfPoint, LectureCardContent.MaxPoints);
        var source = read.Line(nameof(Form.Source), Form.Source, LectureCardContent.SourceMaxRoom, required: false);
        if (ours is not null && (cleared
            || (title == TitleOf(ours) && points.SequenceEqual(PointsOf(ours)) && source == SourceOf(ours))))
            return before with { Title = "", Points = [], Source = "" };
        if (points.Count == 0)
            read.Missing(nameof(Form.Points));
        if (before.Card == LectureCard.Rescue && points.Count != LectureCardContent.MaxPoints)
            read.Refuse(nameof(Form.Points), "Error.RescuePoints");
        CheckRoom(nameof(Form.Title), [title], LectureCardContent.TitleMaxRoom);
        CheckRoom(nameof(Form.Points), points, before.MaxRoomOfPoint);
        CheckRoom(nameof(Form.Source), [source], LectureCardContent.SourceMaxRoom);
        return before with { Title = title, Points = points, Source = source };

        void CheckRoom(string field, IReadOnlyList<string> lines, int room)
        {
            // What is too long by its length has been refused already.
            if (lines.Any(line => line.Length <= room && LectureCardContent.RoomOf(line) > room))
                read.Refuse(field, "Error.NoRoom", room / 3, room);
        }
    }

    private DrawnPicture? ReadPicture()
    {
        if (Form.Picture is not { Length: > 0 } file)
            return null;
        if (file.Length > MaxMegabytes * 1024 * 1024)
            return Refuse("Error.TooLarge");
        using var upload = file.OpenReadStream();
        return UploadedPicture.Read(upload, EventPictureKind.Card) ?? Refuse("Error.NotAPicture");
    }

    private DrawnPicture? Refuse(string sentence)
    {
        ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.Picture)}", localizer[sentence, MaxMegabytes]);
        return null;
    }
}
