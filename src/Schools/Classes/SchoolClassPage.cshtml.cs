using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Classes;

/// <summary>
/// One class of a school: it is called otherwise, merged into another one, or parted from it again. What was signed stays, or goes along.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class SchoolClassPage(
    DeskPageDependencies desk, ClassMerger merger, ClassUnmerger unmerger, ClockCheck clock, IStringLocalizer<SchoolClassText> localizer)
    : SchoolPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public int ClassId { get; set; }

    /// <summary>The class into which it is to be merged; what that would do is shown first.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Into { get; set; }

    /// <summary>How it is to be called, as typed.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>How many pupils it has once it is parted, as typed; may be left empty.</summary>
    [BindProperty]
    public string? Pupils { get; set; }

    public ClassGroup Group { get; private set; } = null!;

    /// <summary>Null while nobody has chosen <see cref="Into"/>.</summary>
    public ClassMerge? Merge { get; private set; }

    /// <summary>Null where it is a class of its own.</summary>
    public ClassParting? Parting { get; private set; }

    public ClassGroup? Target => School.CurrentClasses.FirstOrDefault(group => group.Id == Into && group != Group);

    /// <summary>The class into which it was merged; null where it was not.</summary>
    public ClassGroup? MergedInto => School.Classes.Find(group => group.Id == Group.MergedIntoId);

    public IEnumerable<ClassGroup> OtherClasses => School.CurrentClasses.Where(group => group != Group);

    public Task<IActionResult> OnGetAsync()
    {
        SeenRevision = School.Revision;
        return ShowAsync();
    }

    /// <summary>Calls it otherwise from now on; events that are over keep the former name.</summary>
    public async Task<IActionResult> OnPostRenameAsync()
    {
        if (Find() is not { } group)
            return NotFound();
        var before = group.LocalizedName();
        if (ClassName.TryParse(Name, out var same) && same == group.Name)
        {
            Done = localizer["Done.SameName"];
            return RedirectToPage();
        }
        if (!ClassName.TryParse(Name, out var name))
            ModelState.AddModelError(nameof(Name), localizer["Error.Name"]);
        else if (School.Classes.Exists(other => other != group && other.Name == name))
            ModelState.AddModelError(nameof(Name), localizer["Error.NameTaken"]);
        else if (name.NeedsGuardian(School.Stage) != group.NeedsGuardian && await IsInRunningEventAsync())
            ModelState.AddModelError(nameof(Name), localizer["Error.GuardianRule"]);
        else
            group.Rename(name, clock.Now);
        if (!ModelState.IsValid)
            return await ShowAsync();
        Db.Audit(AuditAction.ClassRenamed, School).ClassId = group.Id;
        if (!await SaveAsync(SeenRevision))
        {
            await TellOvertakenAsync();
            await ReadAgainAsync();
            return await ShowAsync();
        }
        var school = School.Id;
        await Published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == school));
        Done = localizer["Done.Renamed", before, group.LocalizedName()];
        return RedirectToPage();
    }

    /// <summary>Merges it into another class.</summary>
    public async Task<IActionResult> OnPostMergeAsync()
    {
        if (Find() is not { } group)
            return NotFound();
        if (Target is not { } target)
        {
            ModelState.AddModelError(nameof(Into), localizer["Error.Target"]);
            return await ShowAsync();
        }
        var problem = await merger.MergeAsync(group.Id, target.Id, Db.AccessScope, HttpContext.RequestAborted);
        if (problem != ClassMergeProblem.None)
        {
            ModelState.AddModelError(nameof(Into), localizer[$"Error.{problem}", ClassGroup.MaxPupils]);
            return await ShowAsync();
        }
        Done = localizer["Done.Merged", group.LocalizedName(), target.LocalizedName()];
        return Redirect(DeskRoutes.SchoolClass(School.Id, target.Id));
    }

    /// <summary>Parts it from the class into which it was merged.</summary>
    public async Task<IActionResult> OnPostPartAsync()
    {
        if (Find() is not { } group)
            return NotFound();
        int? pupils = int.TryParse(Pupils?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if ((pupils is null && !string.IsNullOrWhiteSpace(Pupils)) || pupils is < 1 or > ClassGroup.MaxPupils)
        {
            ModelState.AddModelError(nameof(Pupils), localizer["Error.Pupils", ClassGroup.MaxPupils]);
            return await ShowAsync();
        }
        switch (await unmerger.PartAsync(group.Id, pupils, SeenRevision, Db.AccessScope, HttpContext.RequestAborted))
        {
            case ClassPartingProblem.None:
                Done = localizer["Done.Parted", group.LocalizedName()];
                return RedirectToPage();
            case ClassPartingProblem.TooLarge:
                ModelState.AddModelError(
                    nameof(Pupils), localizer["Error.PartTooLarge", MergedInto!.LocalizedName(), MergedInto!.Expected!]);
                return await ShowAsync();
            case ClassPartingProblem.NotMerged:
                ModelState.AddModelError("", localizer["Error.NotMerged"]);
                break;
            default:
                await TellOvertakenAsync();
                break;
        }
        await ReadAgainAsync();
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (Find() is not { } group)
            return NotFound();
        Group = group;
        Name ??= group.Name.In(InterfaceLanguages.Default.Culture); // as it is read
        if (Target is { } target)
            Merge = await merger.PreviewAsync(group.Id, target.Id, HttpContext.RequestAborted);
        if (MergedInto is { } into && await unmerger.PreviewAsync(group.Id, HttpContext.RequestAborted) is { } parting)
        {
            Parting = parting;
            if (!(parting.FormerSize >= into.Expected)) // nor where either is unknown
                Pupils ??= parting.FormerSize?.ToString(CultureInfo.InvariantCulture);
        }
        return Page();
    }

    private ClassGroup? Find() => School.Classes.Find(group => group.Id == ClassId) is { } found ? Group = found : null;

    private async Task<bool> IsInRunningEventAsync() =>
        (await RunningEvents.OfClassesAsync(Db, [ClassId], clock.Now, HttpContext.RequestAborted)).Count > 0;
}
