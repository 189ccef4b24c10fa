using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>What the page of a class's sheets shows, at the desk and by a class link.</summary>
/// <param name="Event">The event.</param>
/// <param name="ClassId">The class.</param>
/// <param name="Paper">What was printed, photographed and decided.</param>
/// <param name="Here">The page's own address, without a sheet.</param>
/// <param name="Pdf">Where the sheets are printed from.</param>
/// <param name="IsDesk">An organizer, who says whether the school holds the consents, and can take back what counts.</param>
/// <param name="HoldsConsent">The class link says that the school holds the consents.</param>
public sealed record SheetWork(
    PublishedEvent Event, int ClassId, ClassPaper Paper, string Here, string Pdf, bool IsDesk, bool HoldsConsent)
{
    /// <summary>By row, what was typed as a name and refused: it stands in the form that is answered, and nowhere else.</summary>
    public IReadOnlyDictionary<int, string> Refused { get; init; } = new Dictionary<int, string>();

    public bool NeedsGuardian => Event.ClassOf(ClassId)!.NeedsGuardian;

    /// <summary>The next page to decide, once nothing is left on this one.</summary>
    public SheetSummary? NextSheet =>
        Paper.Sheets.FirstOrDefault(sheet => sheet.Id == Paper.Current?.Id) is { Undecided: 0 } ? Paper.Next : null;

    /// <summary>Nobody has decided anything on the current page.</summary>
    public bool IsFresh => Paper.Current is { } sheet && sheet.CanFillIn > 0 && sheet.Rows.All(row => row.Decision is null);

    /// <summary>The page with a sheet chosen, or with a handler for a form.</summary>
    public string Address(int? sheet = null, string? handler = null)
    {
        var address = sheet is { } id ? QueryHelpers.AddQueryString(Here, "sheet", $"{id}") : Here;
        return handler is null ? address : QueryHelpers.AddQueryString(address, "handler", handler);
    }
}

/// <summary>What was done with the rows of a page.</summary>
/// <param name="Words">In words.</param>
/// <param name="Next">The page to go on with, where this one is done; null to stay.</param>
/// <param name="Refused">See <see cref="SheetWork.Refused"/>.</param>
public sealed record DecidedSheet(string Words, int? Next, IReadOnlyDictionary<int, string> Refused);

/// <summary>What the two pages of a class's sheets do with a form.</summary>
public sealed class SheetForms(PaperPhotos photos, PaperDecisions decisions, ClassPaperReader reader, IStringLocalizer<PaperText> localizer)
{
    /// <summary>More than the largest photos together, so that what is too large is told so; far above, by the server itself.</summary>
    public const int RequestMaxBytes = 200 * 1024 * 1024;

    /// <summary>Why no photo was kept, where the disk has no room beside what pledges need.</summary>
    public string NoRoom => localizer["Photo.NoRoom"];

    public string PhotoRemoved => localizer["Done.PhotoRemoved"];

    /// <summary>Takes photos in; what became of them, in words, and whether any was kept.</summary>
    public async Task<(string Words, bool Any)> UploadAsync(PublishedEvent e, int? classId, IReadOnlySet<int> mayTake,
        IReadOnlyList<IFormFile>? files, PaperActor actor, CancellationToken cancellationToken)
    {
        if (files is null || files.All(file => file.Length == 0))
            return (localizer["Photo.None"], false);
        var outcomes = await photos.TakeAsync(e, classId, mayTake, files.Where(f => f.Length > 0), actor, cancellationToken);
        var words = outcomes.GroupBy(outcome => outcome).OrderBy(of => of.Key).Select(of =>
            localizer[of.Count() == 1 ? $"Photo.{of.Key}.One" : $"Photo.{of.Key}", of.Count(),
                of.Key == PhotoOutcome.ClassFull ? PaperPhotos.MaxOfClass : PaperPhotos.MaxMegabytes].Value).ToList();
        if (files.Count > PaperPhotos.MaxPhotos)
            words.Add(localizer["Photo.TooMany", PaperPhotos.MaxPhotos]);
        return (string.Join(" ", words), outcomes.Any(o => o <= PhotoOutcome.NoCode));
    }

    /// <summary>What the script sends by itself while somebody decides: nobody is told of it.</summary>
    public const string Keep = "keep";

    /// <summary>Keeps what is said of the rows, and does what the button says.</summary>
    /// <param name="e">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="sheet">The page.</param>
    /// <param name="form">Fields <c>d{row}</c> (a decision) and <c>n{row}</c> (a typed name).</param>
    /// <param name="act">
    /// <c>count</c> makes pledges, <c>sure</c> fills in the guesses, anything else only keeps: <see cref="Keep"/> by the page's script.
    /// </param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends it before anything is counted.</param>
    /// <returns>What was done; null where the page is not there.</returns>
    public async Task<DecidedSheet?> DecideAsync(PublishedEvent e, int classId, int sheet, IFormCollection form, string? act,
        PaperActor actor, CancellationToken cancellationToken)
    {
        var typed = Typed(form);
        if (act == "sure" && (await reader.ReadAsync(e, classId, sheet, false, cancellationToken)).Current is { } view)
            typed = typed.ConvertAll(said =>
                said.Decision is null && view.Rows.FirstOrDefault(r => r.Row == said.Row) is { IsBlank: false } row
                    ? said with { Decision = row.Guessed }
                    : said);
        if (await decisions.SaveAsync(e, classId, sheet, typed, actor, cancellationToken) is not { } refused)
            return null;
        if (act != "count")
            return new DecidedSheet(localizer["Done.Kept"], null, refused);
        var counted = await decisions.CountAsync(e, classId, sheet, actor, cancellationToken);
        var words = string.Join(" ", Words(counted));
        if (!counted.IsWhole)
            return new DecidedSheet(words, null, refused);
        var paper = await reader.ReadAsync(e, classId, 0, false, cancellationToken);
        return paper.Sheets.FirstOrDefault(it => it.Id == sheet) is { Undecided: 0 } done && paper.Next is { } next
            ? new DecidedSheet(localizer["Done.Page", localizer[done.NameKey, done.Page].Value, words], next.Id, refused)
            : new DecidedSheet(words, null, refused);
    }

    private IEnumerable<string> Words(CountedPage counted)
    {
        yield return localizer[counted.Counted == 1 ? "Done.Counted.One" : "Done.Counted", counted.Counted];
        if (counted.WithoutConsent > 0)
            yield return localizer[counted.WithoutConsent == 1 ? "Done.WithoutConsent.One" : "Done.WithoutConsent", counted.WithoutConsent];
        if (counted.WithoutName > 0)
            yield return localizer[counted.WithoutName == 1 ? "Done.WithoutName.One" : "Done.WithoutName", counted.WithoutName];
        if (counted.IsOver)
            yield return localizer["Done.Over", CampaignEvent.MaxClassDelay.Days];
        if (counted.Failed > 0)
            yield return localizer[counted.Failed == 1 ? "Done.Failed.One" : "Done.Failed", counted.Failed];
    }

    /// <summary>A row of which the form says nothing is left as it was: it counts already.</summary>
    private static List<TypedRow> Typed(IFormCollection form)
    {
        var typed = new List<TypedRow>();
        for (var row = 0; row < Drawing.ClassSheetLayout.MaxRows; row++)
            if (form.ContainsKey($"r{row}"))
                typed.Add(new TypedRow(row,
                    WireNames.TryRead<PaperDecision>(form[$"d{row}"], out var decision) ? decision : null, form[$"n{row}"]));
        return typed;
    }
}
