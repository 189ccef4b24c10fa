using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.Organizations.Merge;

/// <summary>Merges an organization into another one: says what moves, and asks for its name.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class MergePage(DeskPageDependencies desk, OrganizationMerger merger, IStringLocalizer<MergeText> localizer)
    : OrganizationPageModel(desk)
{
    /// <summary>Into which it may be merged.</summary>
    public IReadOnlyList<Organization> Targets { get; private set; } = [];

    /// <summary>What moves, and how many of it; what there is none of is left out.</summary>
    public IReadOnlyList<(string What, int Count)> Moves { get; private set; } = [];

    /// <summary>Classes that are in use in both.</summary>
    public IReadOnlyList<ClassName> Collisions { get; private set; } = [];

    [BindProperty]
    public int? Target { get; set; }

    [BindProperty]
    public string? Confirmation { get; set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var target = Targets.FirstOrDefault(o => o.Id == Target);
        if (target is null)
            ModelState.AddModelError(nameof(Target), localizer["Error.Missing"]);
        if (Confirmation?.Trim() != Organization.Name)
            ModelState.AddModelError(nameof(Confirmation), localizer["Error.WrongName", Organization.Name]);
        if (!ModelState.IsValid || target is null)
            return Page();
        var result = await merger.MergeAsync(Organization.Id, target.Id, Db.AccessScope, HttpContext.RequestAborted);
        if (result.Outcome == MergeOutcome.Merged)
        {
            Done = localizer["Done", Organization.Name, target.Name];
            return Redirect(DeskRoutes.Organization(target.Id));
        }
        Collisions = result.Collisions;
        ModelState.AddModelError(nameof(Target), localizer[$"Error.{result.Outcome}", target.Name]);
        return Page();
    }

    private async Task LoadAsync()
    {
        var id = Organization.Id;
        Targets = await OrganizationMerger.TargetsAsync(Db, Organization, HttpContext.RequestAborted);
        (string What, int Count)[] all =
        [
            ("Below", await Db.Organizations.CountAsync(o => o.ParentId == id)),
            ("Classes", await Db.Classes.CountAsync(c => c.SchoolId == id)),
            ("Events", await Db.Events.CountAsync(e => e.OrganizationId == id)),
            ("Campaigns", await Db.Campaigns.CountAsync(c => c.OrganizationId == id)),
            ("Accounts", await Db.OrganizersInScope.CountAsync(o => o.OrganizationId == id)),
        ];
        Moves = [.. all.Where(part => part.Count > 0)];
    }
}
