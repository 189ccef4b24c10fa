using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Organizations;

/// <summary>A class in the list of a school; used where an event has invited it, which keeps it from removal.</summary>
public sealed record ClassRow(int Id, int Grade, int Number, int? Expected, bool Used);

/// <summary>One organization: what hangs below it, or a school's classes; and for administrators the forms to change them.</summary>
[Authorize(Policy = Policies.Read)]
[AuthorizeChanges(Policies.Administer)]
public sealed class OrganizationPage(DeskPageDependencies desk, ClassUse use, IStringLocalizer<OrganizingText> localizer)
    : OrganizationPageModel(desk)
{
    /// <summary>From the top of what the account reaches down to the parent.</summary>
    public IReadOnlyList<Organization> Above { get; private set; } = [];

    public IReadOnlyList<Organization> Below { get; private set; } = [];

    public IReadOnlyList<ClassRow> Classes { get; private set; } = [];

    /// <summary>Nothing refers to it, so it may be removed.</summary>
    public bool IsBare { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public OrganizationKind? Kind { get; set; }

    [BindProperty]
    public string? BelowName { get; set; }

    [BindProperty]
    public OrganizationKind BelowKind { get; set; } = OrganizationKind.School;

    [BindProperty]
    public int Grade { get; set; } = 1;

    [BindProperty]
    public int? Count { get; set; }

    [BindProperty]
    public int? Pupils { get; set; }

    /// <summary>By class id, as typed. Named, or a form without any would be searched for class ids everywhere.</summary>
    [BindProperty(Name = nameof(Expected))]
    public Dictionary<int, string?> Expected { get; set; } = [];

    protected override IQueryable<Organization> With(IQueryable<Organization> organizations) => organizations.Include(o => o.Classes);

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostRenameAsync()
    {
        var kind = Kind ?? Organization.Kind;
        var name = ReadName(Name, nameof(Name));
        if (kind != OrganizationKind.School && Organization.Classes.Count > 0)
            ModelState.AddModelError(nameof(Kind), localizer["Organization.HasClasses"]);
        if (!ModelState.IsValid)
            return await ShowAsync();
        Organization.Rename(name, kind);
        Db.Audit(AuditAction.OrganizationChanged, Organization);
        return await SaveAsync(localizer["Organization.Renamed"]);
    }

    public async Task<IActionResult> OnPostAddBelowAsync()
    {
        var name = ReadName(BelowName, nameof(BelowName));
        if (!ModelState.IsValid)
            return await ShowAsync();
        Db.Audit(AuditAction.OrganizationCreated, Db.Organizations.Add(new Organization(name, BelowKind, Organization)).Entity);
        return await SaveAsync(localizer["Organization.Added", name]);
    }

    public async Task<IActionResult> OnPostAddClassesAsync()
    {
        if (Organization.Kind != OrganizationKind.School || Grade is < 1 or > ClassGroup.LastGrade)
            return NotFound();
        if (Count is null or < 1 or > ClassGroup.MaxNumber)
            ModelState.AddModelError(nameof(Count), localizer["Organization.CountWrong", ClassGroup.MaxNumber]);
        if (Pupils is < 1 or > ClassGroup.MaxPupils)
            ModelState.AddModelError(nameof(Pupils), localizer["Organization.ExpectedWrong", ClassGroup.MaxPupils]);
        if (!ModelState.IsValid)
            return await ShowAsync();
        var known = Organization.Classes.Where(c => c.Grade == Grade).Select(c => c.Number);
        var missing = Enumerable.Range(1, Count!.Value).Except(known).ToList();
        Db.Classes.AddRange(missing.Select(number => new ClassGroup(Organization, Grade, number, Pupils)));
        Db.Audit(AuditAction.ClassesAdded, Organization, missing.Count);
        return await SaveAsync(localizer["Organization.ClassesAdded", missing.Count]);
    }

    public async Task<IActionResult> OnPostExpectAsync()
    {
        foreach (var group in Organization.Classes)
        {
            if (!Expected.TryGetValue(group.Id, out var typed))
                continue;
            int? pupils = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if ((pupils is null && !string.IsNullOrWhiteSpace(typed)) || pupils is < 1 or > ClassGroup.MaxPupils)
                ModelState.AddModelError($"Expected[{group.Id}]",
                    localizer["Organization.ExpectedWrongOf", group.LocalizedName(), ClassGroup.MaxPupils]);
            else
                group.Expect(pupils);
        }
        if (!ModelState.IsValid)
            return await ShowAsync();
        Db.Audit(AuditAction.ClassesChanged, Organization, Expected.Count);
        return await SaveAsync(localizer["Organization.ExpectedSaved"]);
    }

    public async Task<IActionResult> OnPostRemoveClassAsync(int classId)
    {
        if (Organization.Classes.SingleOrDefault(c => c.Id == classId) is not { } group)
            return NotFound();
        if (await use.HasLeftTracesAsync(classId, HttpContext.RequestAborted))
        {
            ModelState.AddModelError("", localizer["Organization.CannotRemoveClass", group.LocalizedName()]);
            return await ShowAsync();
        }
        Db.Classes.Remove(group);
        Db.Audit(AuditAction.ClassRemoved, Organization).ClassId = group.Id;
        return await SaveAsync(localizer["Organization.ClassRemoved", group.LocalizedName()]);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!await IsBareAsync())
        {
            ModelState.AddModelError("", localizer["Organization.NotBare", Organization.Name]);
            return await ShowAsync();
        }
        Db.Organizations.Remove(Organization);
        Db.Audit(AuditAction.OrganizationRemoved, Organization);
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        Done = localizer["Organization.Removed", Organization.Name];
        return Redirect(Organization.ParentId is { } parent ? DeskRoutes.Organization(parent) : DeskRoutes.Organizations);
    }

    /// <summary>What the field shows: as typed where it was refused, else what is stored.</summary>
    public string? ShownExpected(ClassRow group) =>
        Expected.TryGetValue(group.Id, out var typed) ? typed : group.Expected?.ToString(CultureInfo.InvariantCulture);

    public bool IsWrong(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0;

    private string ReadName(string? typed, string field) => OrganizationName.Read(typed, ModelState, field, localizer);

    /// <summary>The topmost organization in accessScope is the account's own, so it always has an account.</summary>
    private async Task<bool> IsBareAsync() =>
        Organization.Classes.Count == 0
        && !await Db.Organizations.AnyAsync(o => o.ParentId == Organization.Id)
        && !await Db.Users.AnyAsync(o => o.OrganizationId == Organization.Id)
        && !await Db.Campaigns.AnyAsync(c => c.OrganizationId == Organization.Id)
        && !await Db.Events.AnyAsync(e => e.OrganizationId == Organization.Id);

    private async Task<IActionResult> SaveAsync(string done)
    {
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        await use.TellEventsAsync(Organization.Id);
        Done = done;
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowAsync()
    {
        Name ??= Organization.Name;
        Kind ??= Organization.Kind;
        IsBare = await IsBareAsync();
        var ids = Organization.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Above = await Db.Organizations.AsNoTracking().Where(o => ids.Contains(o.Id) && o.Id != Organization.Id)
            .OrderBy(o => o.Path.Length).ToListAsync();
        Below = await Db.Organizations.AsNoTracking().Where(o => o.ParentId == Organization.Id)
            .OrderBy(o => o.Kind).ThenBy(o => o.Name).ToListAsync();
        var used = await use.OfSchoolAsync(Organization.Id, HttpContext.RequestAborted);
        Classes = [.. Organization.Classes.OrderBy(c => c.Grade).ThenBy(c => c.Number)
            .Select(c => new ClassRow(c.Id, c.Grade, c.Number, c.Expected, used.Contains(c.Id)))];
        return Page();
    }
}
