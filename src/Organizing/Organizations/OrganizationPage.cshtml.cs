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

/// <summary>One organization: what hangs below it, or a school's classes; and for administrators the forms to change them.</summary>
[Authorize(Policy = Policies.Read)]
[AuthorizeChanges(Policies.Administer)]
public sealed class OrganizationPage(DeskPageDependencies desk, ClassUse use, OrganizationMover mover, TimeProvider time,
    IStringLocalizer<OrganizingText> localizer, InterfaceLanguages languages) : OrganizationPageModel(desk)
{
    /// <summary>From the top of what the account reaches down to the parent.</summary>
    public IReadOnlyList<Organization> Above { get; private set; } = [];

    public IReadOnlyList<Organization> Below { get; private set; } = [];

    /// <summary>When it came to lie where it does, the last first.</summary>
    public IReadOnlyList<OrganizationMove> Moves { get; private set; } = [];

    /// <summary>Where it may be moved.</summary>
    public IReadOnlyList<Organization> Places { get; private set; } = [];

    /// <summary>The id of the organization below which it is to lie.</summary>
    [BindProperty]
    public int? Place { get; set; }

    /// <summary>Whether it is the topmost that the account reaches, which nobody archives from below.</summary>
    public bool IsTopmost => Organization.ParentId is not { } parent || !Above.Any(o => o.Id == parent);

    /// <summary>Nothing refers to it, so it may be removed.</summary>
    public bool IsBare { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>What it is called in further languages.</summary>
    [BindProperty]
    public List<NameInLanguage> Names { get; set; } = [];

    [BindProperty]
    public OrganizationKind? Kind { get; set; }

    [BindProperty]
    public string? BelowName { get; set; }

    [BindProperty]
    public OrganizationKind BelowKind { get; set; } = OrganizationKind.School;

    /// <summary>There is one of this name below it already, and another is meant.</summary>
    [BindProperty]
    public bool SameNameIsMeant { get; set; }

    protected override IQueryable<Organization> With(IQueryable<Organization> organizations) => organizations.Include(o => o.Classes);

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostRenameAsync()
    {
        var kind = Kind ?? Organization.Kind;
        var name = ReadName(Name, nameof(Name));
        var names = ReadNames();
        if (kind != OrganizationKind.School && Organization.Classes.Count > 0)
            ModelState.AddModelError(nameof(Kind), localizer["Organization.HasClasses"]);
        if (!ModelState.IsValid)
            return await ShowAsync();
        Organization.Rename(name, kind);
        foreach (var (language, translated) in names)
            Organization.Translate(language, translated);
        Db.Audit(AuditAction.OrganizationChanged, Organization);
        if (await SaveAsync(SeenRevision))
            return await BackAsync(localizer["Organization.Renamed"]);
        await TellOvertakenAsync();
        await ReadAgainAsync();
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostAddBelowAsync()
    {
        var name = ReadName(BelowName, nameof(BelowName));
        if (!SameNameIsMeant && await Db.Organizations.AnyAsync(o => o.ParentId == Organization.Id && o.Name == name))
            ModelState.AddModelError(nameof(SameNameIsMeant), localizer["Organization.SameName", name]);
        if (!ModelState.IsValid)
            return await ShowAsync();
        Db.Audit(AuditAction.OrganizationCreated, Db.Organizations.Add(new Organization(name, BelowKind, Organization)).Entity);
        return await SaveAsync(localizer["Organization.Added", name]);
    }

    public async Task<IActionResult> OnPostMoveAsync()
    {
        var places = await OrganizationMover.PlacesAsync(Db, Organization, HttpContext.RequestAborted);
        if (places.Find(o => o.Id == Place) is not { } place
            || !await mover.MoveAsync(Organization.Id, place.Id, Db.AccessScope, HttpContext.RequestAborted))
        {
            ModelState.AddModelError(nameof(Place), localizer["Organization.PlaceMissing"]);
            return await ShowAsync();
        }
        Done = localizer["Organization.Moved", place.LocalizedName()];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostArchiveAsync()
    {
        if (Organization.ArchivedAt is not null)
            return RedirectToPage();
        if (Organization.ParentId is not { } parent || !await Db.Organizations.AnyAsync(o => o.Id == parent))
        {
            ModelState.AddModelError("", localizer["Organization.TopmostStays", Organization.LocalizedName()]);
            return await ShowAsync();
        }
        Organization.Archive(time.GetUtcNow());
        Db.Audit(AuditAction.OrganizationArchived, Organization);
        return await SaveAsync(localizer["Organization.ArchivedNow", Organization.LocalizedName()]);
    }

    public async Task<IActionResult> OnPostRestoreAsync()
    {
        if (Organization.ArchivedAt is null)
            return RedirectToPage();
        Organization.Restore();
        Db.Audit(AuditAction.OrganizationRestored, Organization);
        return await SaveAsync(localizer["Organization.Restored", Organization.LocalizedName()]);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!await IsBareAsync())
            return await RefuseRemovalAsync();
        Db.Organizations.Remove(Organization);
        Db.Audit(AuditAction.OrganizationRemoved, Organization);
        try
        {
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
        }
        catch (DbUpdateException failure) when (failure is not DbUpdateConcurrencyException && !StoreFailure.Is(failure))
        {
            await ReadAgainAsync(); // something has come to hang on it since the look
            return await RefuseRemovalAsync();
        }
        Done = localizer["Organization.Removed", Organization.LocalizedName()];
        return Redirect(Organization.ParentId is { } parent ? DeskRoutes.Organization(parent) : DeskRoutes.Organizations);
    }

    private Task<IActionResult> RefuseRemovalAsync()
    {
        ModelState.AddModelError("", localizer["Organization.NotBare", Organization.LocalizedName()]);
        return ShowAsync();
    }

    private string ReadName(string? typed, string field) => OrganizationName.Read(typed, ModelState, field, localizer);

    private List<(string Language, string Name)> ReadNames()
    {
        Names = [.. languages.OneOfEach(Names, typed => typed.Language)];
        return [.. Names.Index().Select(typed => (typed.Item.Language!, OrganizationName.ReadTranslation(
            typed.Item.Name, ModelState, $"{nameof(Names)}[{typed.Index}].{nameof(NameInLanguage.Name)}", localizer)))];
    }

    private IEnumerable<NameInLanguage> NamesOffered() =>
        languages.OfferedFor(Organization.Name, Organization.Translations).Select(language => new NameInLanguage
        {
            Language = language.Tag,
            Name = Organization.Translations.For(language.Culture)?.Name,
        });

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
        return await BackAsync(done);
    }

    private async Task<IActionResult> BackAsync(string done)
    {
        await use.TellEventsAsync(Organization.Id);
        Done = done;
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method))
            SeenRevision = Organization.Revision;
        Name ??= Organization.Name;
        if (Names.Count == 0)
            Names = [.. NamesOffered()];
        Kind ??= Organization.Kind;
        IsBare = await IsBareAsync();
        var ids = Organization.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Above = await Db.Organizations.AsNoTracking().Where(o => ids.Contains(o.Id) && o.Id != Organization.Id)
            .OrderBy(o => o.Path.Length).ToListAsync();
        Moves = await Db.OrganizationMoves.AsNoTracking().Where(m => m.OrganizationId == Organization.Id)
            .OrderByDescending(m => m.At).ToListAsync();
        Places = await OrganizationMover.PlacesAsync(Db, Organization, HttpContext.RequestAborted);
        var below = await Db.Organizations.AsNoTracking().Where(o => o.ParentId == Organization.Id).ToListAsync();
        Below = [.. below.OrderBy(o => o.Kind).ThenBy(o => o.Name, NameOrder.Instance)];
        return Page();
    }
}
