using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Operations.Uploads;
using SafetyCampaign.Schools.Rosters.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>
/// The lists of a school's pupils: how many each class has, and importing a file. What a file would do is shown first; between that and
/// the import the file lies in the form alone (<see cref="RosterDrafts"/>).
/// </summary>
[Authorize(Policy = Policies.Organize)]
[RequestSizeLimit(MaxRequestBytes)]
[ReceivesFiles(MaxFields = 20_000, FieldMaxLength = RosterDrafts.MaxLength)]
[RequestFormLimits(ValueCountLimit = 20_000, ValueLengthLimit = RosterDrafts.MaxLength)]
public sealed class RosterPage(
    DeskPageDependencies desk, IDataProtectionProvider protection, TimeProvider time, RosterImporter importer, RosterImports imports,
    IStringLocalizer<RostersText> localizer) : SchoolPageModel(desk)
{
    /// <summary>More than the largest file, so that one which is too large is told so.</summary>
    private const int MaxRequestBytes = 8 * 1024 * 1024;

    /// <summary>Of pasted text, in UTF-16 units: as many rows as a file may have, with what stands beside a name.</summary>
    private const int PastedMaxLength = 500_000;

    private readonly RosterDrafts drafts = new(protection, time);

    /// <summary>The file, as the form carries it after it was read.</summary>
    [BindProperty]
    public string? Draft { get; set; }

    /// <summary>By <see cref="RosterReview.ColumnKey"/>.</summary>
    [BindProperty(Name = nameof(Columns))]
    public Dictionary<string, string?> Columns { get; set; } = [];

    /// <summary>By the keys of the questions.</summary>
    [BindProperty(Name = nameof(Choice))]
    public Dictionary<string, string?> Choice { get; set; } = [];

    [BindProperty(Name = nameof(Named))]
    public Dictionary<string, string?> Named { get; set; } = [];

    [BindProperty]
    public bool LeaveOutRest { get; set; }

    [BindProperty]
    public bool MarkLeft { get; set; }

    /// <summary>Rows out of a sheet, or names alone; as they were sent, where they are refused.</summary>
    [BindProperty]
    public string? Pasted { get; set; }

    /// <summary>The class of pasted rows that say none; null where they say it.</summary>
    [BindProperty]
    public int? PastedClass { get; set; }

    /// <summary>How the school's lists stood when the preview was shown, see <see cref="RosterFingerprints"/>.</summary>
    [BindProperty]
    public string? SeenLists { get; set; }

    /// <summary>By class: how many pupils are on its list.</summary>
    public IReadOnlyDictionary<int, int> OnList { get; private set; } = new Dictionary<int, int>();

    /// <summary>Null while nothing is to be looked through.</summary>
    public RosterReview? Review { get; private set; }

    public RosterPlan? Plan { get; private set; }

    public string FileName { get; private set; } = "";

    public RosterAnswers Answers { get; private set; } = RosterAnswers.None;

    /// <summary>How many questions are to be answered before anything is imported.</summary>
    public int Open => Review!.Questions.Count(question => !question.IsAnswered)
        + Plan!.Questions.Count(question => Answers.ChoiceOf(question.Pupil.Key) is null);

    public async Task OnGetAsync()
    {
        Import = await imports.FindStatusAsync(School.Id, HttpContext.RequestAborted);
        if (Import is { IsRunning: true })
            Response.Headers["Refresh"] = "2";
        await CountAsync();
    }

    /// <summary>A long import of the school, on its way or done lately, at whichever node; null where a form is shown again.</summary>
    public RosterImportStatus? Import { get; private set; }

    public string SentenceOf(ImportedRoster imported) =>
        localizer["Done", imported.Added, imported.Changed, imported.Moved, imported.Left];

    /// <summary>Reads a file and shows what importing it would do. Stores nothing.</summary>
    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file)
    {
        ModelState.Clear();
        if (!HttpContext.HasRoomForFiles())
            return await RefuseAsync(localizer["Refused.NoRoom"], StatusCodes.Status507InsufficientStorage);
        if (file is null || file.Length == 0)
            return await RefuseAsync(localizer["Refused.None"]);
        if (file.Length > SheetFile.MaxBytes)
            return await RefuseAsync(localizer["Refused.TooLarge", SheetFile.MaxBytes / 1024 / 1024]);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, HttpContext.RequestAborted);
        var (read, problem) = ReadFile.Read(bytes.ToArray());
        return read is null ? await RefuseAsync(localizer[$"Refused.{problem}", SheetFile.MaxRows])
            : await ShowFirstAsync(Path.GetFileName(file.FileName), read);
    }

    /// <summary>The same of rows that somebody has pasted.</summary>
    public async Task<IActionResult> OnPostPasteAsync()
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(Pasted))
            return await RefusePastedAsync(localizer["Refused.NothingPasted"]);
        if (Pasted.Length > PastedMaxLength)
            return await RefusePastedAsync(localizer["Refused.PastedTooLong", PastedMaxLength, Pasted.Length]);
        var group = School.CurrentClasses.FirstOrDefault(group => group.Id == PastedClass);
        if (PastedClass is not null && group is null)
            return await RefusePastedAsync(localizer["Error.NoClass"], nameof(PastedClass));
        var (read, problem) = ReadFile.ReadText(Pasted, group?.Name.In(InterfaceLanguages.Default.Culture) ?? "");
        if (read is not null)
            return await ShowFirstAsync(localizer["Pasted.Name"], read);
        return await RefusePastedAsync(problem == SheetProblem.TooManyRows
            ? localizer["Refused.TooManyRows", SheetFile.MaxRows] : localizer["Refused.PastedUnreadable"]);
    }

    /// <summary>Shows the preview again, with what was said since. Stores nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync() =>
        drafts.Read(School.Id, Draft) is { } draft ? await ShowAnewAsync(draft) : await RefuseAsync(localizer["Refused.Expired"]);

    /// <summary>All of the file or nothing, in one transaction; of many pupils in the background.</summary>
    public async Task<IActionResult> OnPostImportAsync()
    {
        if (drafts.Read(School.Id, Draft) is not { } draft)
            return await RefuseAsync(localizer["Refused.Expired"]);
        var seen = RosterFingerprints.Read(SeenLists);
        await ReadAsync(draft);
        if (Open > 0)
            ModelState.AddModelError("", localizer[Open == 1 ? "Error.Open.One" : "Error.Open", Open]);
        if (Plan!.Classes.Count == 0)
            ModelState.AddModelError("", localizer["Error.Nobody"]);
        foreach (var (name, pupils) in Plan.TooLarge(MarkLeft))
            ModelState.AddModelError("", localizer["Error.ClassTooLarge", name.In(Culture), pupils, ClassGroup.MaxPupils]);
        if (Plan.NewClasses.Count > 0 && School.Classes.Count + Plan.NewClasses.Count > ClassGroup.MaxOfSchool)
            ModelState.AddModelError("", localizer["Error.TooManyClasses", ClassGroup.MaxOfSchool]);
        if (!ModelState.IsValid)
            return await ShowAsync(draft);
        var order = new RosterOrder(School.Id, seen, Review!.Pupils, Answers, MarkLeft, Db.AccessScope);
        if (order.Pupils.Count >= RosterImports.MinPupils)
        {
            if (await imports.TryStartAsync(order, HttpContext.RequestAborted))
                return RedirectToPage();
            ModelState.AddModelError("", localizer["Error.Running"]);
            return await ShowAsync(draft);
        }
        if (await importer.ImportAsync(order, (_, _) => { }, HttpContext.RequestAborted) is not { } imported)
        {
            ModelState.AddModelError("", localizer["Error.Overtaken"]);
            await ReadAgainAsync();
            return await ShowAnewAsync(draft);
        }
        Done = SentenceOf(imported);
        return RedirectToPage();
    }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private async Task<IActionResult> ShowFirstAsync(string name, ReadFile read)
    {
        var draft = new RosterDraft(time.GetUtcNow(), name, read);
        Draft = drafts.Protect(School.Id, draft);
        return Draft is not null ? await ShowAnewAsync(draft) : await RefuseAsync(localizer["Refused.TooWide"]);
    }

    private Task<IActionResult> RefusePastedAsync(string sentence, string field = nameof(Pasted)) =>
        RefuseAsync(sentence, field: field);

    private async Task<IActionResult> RefuseAsync(string sentence, int status = StatusCodes.Status200OK, string field = "file")
    {
        Response.StatusCode = status;
        ModelState.AddModelError(field, sentence);
        Draft = null;
        await CountAsync();
        return Page();
    }

    /// <summary>With the lists as they stand now: importing it does what is shown here.</summary>
    private Task<IActionResult> ShowAnewAsync(RosterDraft draft)
    {
        ModelState.Remove(nameof(SeenLists));
        SeenLists = null;
        return ShowAsync(draft);
    }

    private async Task<IActionResult> ShowAsync(RosterDraft draft)
    {
        await ReadAsync(draft);
        // On disk before the page is sent: those whom the file does not hold are named from the store.
        if (Plan!.Missing.Count + Plan.Questions.Count is > 0 and var named)
        {
            Db.Audit(AuditAction.NamesViewed, School, named).Reason = AuditReason.RosterList;
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
        }
        return Page();
    }

    private async Task ReadAsync(RosterDraft draft)
    {
        FileName = draft.FileName;
        Answers = new RosterAnswers(Columns, Choice, Named, LeaveOutRest);
        Review = new RosterReview(draft.File, Answers, School);
        var entries = await Db.Roster.AsNoTrackingWithIdentityResolution().Include(entry => entry.Class)
            .Where(entry => entry.Class.SchoolId == School.Id).ToListAsync(HttpContext.RequestAborted);
        Plan = new RosterPlan(School, entries, Review.Pupils, Answers.IsMoved);
        SeenLists ??= $"{RosterFingerprints.Of(School, entries)}";
    }

    private async Task CountAsync() => OnList = await Db.Roster.Where(RosterRule.IsOnList).Where(entry => entry.Class.SchoolId == School.Id)
        .GroupBy(entry => entry.ClassId).ToDictionaryAsync(list => list.Key, list => list.Count(), HttpContext.RequestAborted);
}
