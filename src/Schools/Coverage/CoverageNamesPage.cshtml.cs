using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Coverage;

/// <summary>
/// Who of a class has signed, for an organizer: only with the right to names, after a reason was said, which the audit log keeps. The
/// class teacher has a page of his own for it.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class CoverageNamesPage(
    DeskPageDependencies desk, ClassCoverageReader reader, IStringLocalizer<SchoolsText> localizer) : EventPageModel(desk)
{
    /// <summary>Those that may be given.</summary>
    public static readonly IReadOnlyList<AuditReason> Reasons =
        [AuditReason.FamilyRequest, AuditReason.ForTeacher, AuditReason.Duplicates];

    [BindProperty(SupportsGet = true)]
    public int ClassId { get; set; }

    /// <summary>The name of one of <see cref="Reasons"/>.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public PublishedClass Group { get; private set; } = null!;

    /// <summary>Null before a reason was said.</summary>
    public ClassCoverage? Coverage { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } e)
            return NotFound();
        if (Reasons.FirstOrDefault(reason => reason.ToString() == Reason) is var said && said == default)
        {
            ModelState.AddModelError(nameof(Reason), localizer["Names.ReasonMissing"]);
            return Page();
        }
        Coverage = await reader.ReadAsync(e, ClassId, HttpContext.RequestAborted);
        Db.Audit(AuditAction.NamesViewed, Event, said, Coverage.Pupils.Count).ClassId = ClassId;
        await Db.SaveChangesAsync();
        return Page();
    }

    private async Task<PublishedEvent?> FindAsync()
    {
        if (await Published.FindAsync(Event.Id) is not { } e || e.ClassOf(ClassId) is not { } group
            || !await Db.Classes.AnyAsync(c => c.Id == ClassId))
            return null;
        Group = group;
        return e;
    }
}
