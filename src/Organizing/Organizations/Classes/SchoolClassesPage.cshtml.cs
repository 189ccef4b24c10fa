using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations.Classes;

/// <summary>The classes of a school and their sizes; organizers keep those of the schools within their access scope.</summary>
[Authorize(Policy = Policies.Organize)]
// A school may have more classes than a form may have fields by default.
[RequestFormLimits(ValueCountLimit = 4 * ClassGroup.MaxOfSchool)]
public sealed class SchoolClassesPage(DeskPageDependencies desk, ClassUse use, IStringLocalizer<ClassesText> localizer)
    : SchoolPageModel(desk)
{
    /// <summary>The pasted list.</summary>
    [BindProperty]
    public string? List { get; set; }

    /// <summary>Says that the list has been shown as it is read: see <see cref="TokenOf"/>.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    [BindProperty]
    public SchoolStage? Stage { get; set; }

    /// <summary>By class id, as typed. Named, or a form without any would be searched for class ids everywhere.</summary>
    [BindProperty(Name = nameof(Expected))]
    public Dictionary<int, string?> Expected { get; set; } = [];

    /// <summary>How the list is read; null before it has been.</summary>
    public ClassPlan? Plan { get; private set; }

    /// <summary>Nothing of the list is doubtful, so that pressing the button again keeps it.</summary>
    public bool MayKeep => Plan is not null && ModelState.IsValid;

    /// <summary>Somebody else has saved since the page was shown: it says what is stored beside what was typed.</summary>
    public bool IsOvertaken { get; private set; }

    public IEnumerable<ClassGroup> Classes => School.ClassesInOrder.Where(c => c.Id > 0);

    /// <summary>The classes that take their size from their list of pupils.</summary>
    public IReadOnlySet<int> Rosters { get; private set; } = new HashSet<int>();

    /// <summary>The classes that an event has invited, or that have a list of pupils, which keeps them from removal.</summary>
    public IReadOnlySet<int> Used { get; private set; } = new HashSet<int>();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            Rosters = await Db.Roster.Where(RosterRule.IsOnList).Where(entry => entry.Class.SchoolId == School.Id)
                .Select(entry => entry.ClassId).ToHashSetAsync(HttpContext.RequestAborted);
            return await next();
        });

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Shows how the pasted list is read; keeps it where that has been shown. All of it or nothing.</summary>
    public async Task<IActionResult> OnPostAddAsync()
    {
        var stage = Stage ?? School.Stage;
        var text = List ?? "";
        if (string.IsNullOrWhiteSpace(text) && stage == School.Stage)
            ModelState.AddModelError(nameof(List), localizer["NothingTyped"]);
        if (text.Length > ClassList.MaxLength)
            ModelState.AddModelError(nameof(List), localizer["TooLong", ClassList.MaxLength, text.Length]);
        if (!ModelState.IsValid)
            return await ShowAsync();
        var list = ClassList.Read(text);
        Plan = new ClassPlan(School, list, Rosters);
        TellDoubts(list);
        if (!ModelState.IsValid || (Shown != TokenOf(text) && list.Classes.Count > 0))
            return await ShowAsync();
        var (added, resized) = (Plan.Added, Plan.Resized);
        School.SetStage(stage);
        Plan.Apply();
        if (added > 0)
            Db.Audit(AuditAction.ClassesAdded, School, added);
        if (resized > 0 || added == 0)
            Db.Audit(AuditAction.ClassesChanged, School, resized);
        var done = (added, resized) switch
        {
            (0, 0) => "Saved",
            (_, 0) => "Done.Added",
            (0, _) => "Done.Resized",
            _ => "Done",
        };
        return await SaveAsync(localizer[done, added, resized]);
    }

    public async Task<IActionResult> OnPostExpectAsync()
    {
        foreach (var group in School.Classes)
        {
            if (group.MergedIntoId is not null || Rosters.Contains(group.Id) || !Expected.TryGetValue(group.Id, out var typed))
                continue;
            int? pupils = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if ((pupils is null && !string.IsNullOrWhiteSpace(typed)) || pupils is < 1 or > ClassGroup.MaxPupils)
                ModelState.AddModelError($"Expected[{group.Id}]", localizer["PupilsWrong", group.LocalizedName(), ClassGroup.MaxPupils]);
            else
                group.Expect(pupils);
        }
        if (!ModelState.IsValid)
            return await ShowAsync();
        Db.Audit(AuditAction.ClassesChanged, School, Expected.Count);
        return await SaveAsync(localizer["Saved"]);
    }

    public async Task<IActionResult> OnPostRemoveAsync(int classId)
    {
        if (School.Classes.SingleOrDefault(c => c.Id == classId) is not { } group)
            return NotFound();
        if (await use.HasLeftTracesAsync(classId, HttpContext.RequestAborted))
        {
            ModelState.AddModelError("", localizer["CannotRemove", group.LocalizedName()]);
            return await ShowAsync();
        }
        Db.Classes.Remove(group);
        Db.Audit(AuditAction.ClassRemoved, School).ClassId = group.Id;
        return await SaveAsync(localizer["Removed", group.LocalizedName()]);
    }

    /// <summary>Whether a grade's classes are shown, or one line that unfolds: all of a small school, and those with a mistake.</summary>
    public bool IsUnfolded(IEnumerable<ClassGroup> grade) =>
        IsOvertaken || School.Classes.Count <= ClassFolding.MaxUnfolded || grade.Any(c => IsWrong($"Expected[{c.Id}]"));

    /// <summary>Of a list: one that was altered after it was shown is shown again before it is kept.</summary>
    public static string TokenOf(string? list) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((list ?? "").ReplaceLineEndings("\n"))).AsSpan(0, 8));

    /// <summary>What the field shows: as typed where it was refused, else what is stored.</summary>
    public string? ShownExpected(ClassGroup group) =>
        Expected.TryGetValue(group.Id, out var typed) ? typed : group.Expected?.ToString(CultureInfo.InvariantCulture);

    public bool IsWrong(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0;

    private void TellDoubts(ClassList list)
    {
        if (list.Doubts.Count > 0)
            ModelState.AddModelError("", list.Doubts.Count == 1 ? localizer["Doubts.One"] : localizer["Doubts", list.Doubts.Count]);
        foreach (var doubt in list.Doubts)
            ModelState.AddModelError(nameof(List),
                localizer[$"Doubt.{doubt.Why}", doubt.Line, doubt.Text, ClassName.MaxNumber, ClassGroup.MaxPupils]);
        if (Plan!.Total > ClassGroup.MaxOfSchool)
            ModelState.AddModelError(nameof(List), localizer["TooMany", ClassGroup.MaxOfSchool, Plan.Total]);
    }

    private async Task<IActionResult> SaveAsync(string done)
    {
        if (!await SaveAsync(SeenRevision))
        {
            await TellOvertakenAsync();
            return await ShowStoredAsync();
        }
        await use.TellEventsAsync(School.Id);
        Done = done;
        return RedirectToPage();
    }

    /// <summary>With what somebody else has stored, beside what was typed here.</summary>
    private async Task<IActionResult> ShowStoredAsync()
    {
        IsOvertaken = true;
        await ReadAgainAsync();
        if (!string.IsNullOrWhiteSpace(List))
            Plan = new ClassPlan(School, ClassList.Read(List), Rosters);
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method))
            SeenRevision = School.Revision;
        Stage ??= School.Stage;
        Used = await use.OfSchoolAsync(School.Id, HttpContext.RequestAborted);
        ModelState.Remove(nameof(Shown));
        Shown = MayKeep ? TokenOf(List) : null;
        return Page();
    }
}
