using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>What one card of a lecture says and shows; <c>new</c> in the address is one of the organizer's own.</summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(PictureUpload.RequestMaxBytes), ReceivesFiles]
public sealed class LectureCardPage(
    DeskPageDependencies desk, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers,
    IStringLocalizer<LectureCardsText> localizer, InterfaceLanguages languages)
    : LecturePageModel(desk, kinds, localizers)
{
    public const string NewKey = "new";

    public sealed record CardForm
    {
        public string? Title { get; init; }
        public string? Points { get; init; }
        public string? Source { get; init; }
        public IFormFile? Picture { get; init; }

        /// <summary>The organizer's own words in further languages; the program's are there already.</summary>
        public List<CardTranslationForm> Translations { get; init; } = [];

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
        Form = new CardForm
        {
            Translations =
                [.. languages.OfferedFor(Event.Title, Scene.Translations).Select(l => CardTranslationForm.Of(Scene, Card?.Key, l))],
        };
        if (Card is { } card)
        {
            var words = WordsOf(card);
            Form = Form with { Title = words.Title, Points = string.Join('\n', words.Points), Source = words.Source };
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsThere)
            return NotFound();
        var before = Card ?? new LectureCardContent { Key = Guid.NewGuid().ToString("N")[..8] };
        var card = ReadWords(before);
        var translations = ReadTranslations(card);
        var drawn = ReadPicture();
        if (!ModelState.IsValid)
        {
            Response.StatusCode = HttpContext.HasRoomForFiles() ? StatusCodes.Status400BadRequest
                : StatusCodes.Status507InsufficientStorage;
            return Page();
        }
        if (drawn is not null || Form.WithoutPicture)
            card = card with { Picture = drawn is null ? null : Guid.NewGuid().ToString("N") };
        if (drawn is not null)
            Db.Pictures.Add(new EventPicture(Event.Id, EventPictureKind.Card, card.Picture, drawn.Bytes, drawn.Width, drawn.Height));
        Put(Card is null ? [.. Cards, card] : [.. Cards.Select(it => it.Key == card.Key ? card : it)]);
        foreach (var (language, words) in translations)
            Scene.TranslateCard(language, card.Key, words);
        await CardPictures.RemoveUnusedAsync(Db, Event);
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
        var ours = before.Card is { } card ? WordsOf(LectureCardContent.Of(card)) : null;
        var cleared = string.IsNullOrWhiteSpace(Form.Title + Form.Points + Form.Source);
        var title = read.Line(nameof(Form.Title), Form.Title, LectureCardContent.TitleMaxRoom, required: ours is null || !cleared);
        var points = read.Lines(nameof(Form.Points), Form.Points, before.MaxRoomOfPoint, LectureCardContent.MaxPoints);
        var source = read.Line(nameof(Form.Source), Form.Source, LectureCardContent.SourceMaxRoom, required: false);
        if (ours is not null && (cleared
            || (title == ours.Title && points.SequenceEqual(ours.Points) && source == ours.Source)))
            return before with { Title = "", Points = [], Source = "" };
        if (points.Count == 0)
            read.Missing(nameof(Form.Points));
        if (before.Card == LectureCard.Rescue && points.Count != LectureCardContent.MaxPoints)
            read.Refuse(nameof(Form.Points), "Error.RescuePoints");
        CardRoom.Check(read, nameof(Form.Title), [title], LectureCardContent.TitleMaxRoom);
        CardRoom.Check(read, nameof(Form.Points), points, before.MaxRoomOfPoint);
        CardRoom.Check(read, nameof(Form.Source), [source], LectureCardContent.SourceMaxRoom);
        return before with { Title = title, Points = points, Source = source };
    }

    /// <summary>What the program itself says is there in each language: nothing is stored beside it, which somebody who typed is told.</summary>
    private List<(string Language, LectureCardWords Words)> ReadTranslations(LectureCardContent card)
    {
        Form = Form with { Translations = [.. languages.OneOfEach(Form.Translations, typed => typed.Language)] };
        return
        [
            .. Form.Translations.Index().Select(typed => (typed.Item.Language!, ReadTranslation(typed.Item, typed.Index, card))),
        ];
    }

    private LectureCardWords ReadTranslation(CardTranslationForm typed, int index, LectureCardContent card)
    {
        var read = Reader(localizer, $"{nameof(Form)}.{nameof(Form.Translations)}[{index}]", "FieldIn");
        if (card.HasOwnWords)
            return typed.Read(read, card);
        // Who clears the card has its first words back, and what was translated goes with those that are cleared.
        if (!typed.IsEmpty && !string.IsNullOrWhiteSpace(Form.Title + Form.Points + Form.Source))
            read.Refuse(nameof(CardTranslationForm.Title), "Error.TranslatedAlready");
        return new LectureCardWords("", [], "");
    }

    private DrawnPicture? ReadPicture()
    {
        if (!HttpContext.HasRoomForFiles())
            ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.Picture)}", localizer["Error.DiskFull"]);
        if (Form.Picture is not { Length: > 0 } file)
            return null;
        var drawn = PictureUpload.Read(file, EventPictureKind.Card, out var refused);
        if (drawn is null)
            ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.Picture)}", localizer[$"Error.{refused}", PictureUpload.MaxMegabytes]);
        return drawn;
    }
}
