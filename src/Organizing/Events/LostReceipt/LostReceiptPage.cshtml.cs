using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Intake;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>
/// Finds the pledge of a family that has lost its receipt (PIPL 50, 未成年人网络保护条例 34; docs/domain.md 6): by exact name, masked
/// until it is opened. The name is posted, so that it stands in no address and no log.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class LostReceiptPage(
    DeskPageDependencies desk, LostReceiptSearch search, IStringLocalizer<LostReceiptText> localizer, IStringLocalizer<IntakeText> lines)
    : EventPageModel(desk)
{
    public sealed record SearchForm
    {
        public string? Asked { get; init; }
        public string? Name { get; init; }
        public string? Class { get; init; }
    }

    [BindProperty]
    public SearchForm Form { get; set; } = new();

    /// <summary>The event as phones see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>Null before anything was looked for.</summary>
    public IReadOnlyList<FoundPledge>? Found { get; private set; }

    public bool MoreAreThere { get; private set; }

    /// <summary>Who asked, as part of the addresses of what was found.</summary>
    public string Asked { get; private set; } = "";

    public string ClassName(int? classId) => Public.ClassOf(classId)?.LocalizedFullName() ?? localizer["NoClass"];

    protected override async Task<bool> TryLoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        return true;
    }

    public void OnGet()
    {
    }

    public async Task<PageResult> OnPostAsync()
    {
        ModelState.Clear(); // what could not be read is missing, and missing has words of its own
        var read = Reader(localizer, nameof(Form), "Field");
        if (!WireNames.TryRead<AskedBy>(Form.Asked, out var asked))
            read.Missing(nameof(Form.Asked));
        if (SignerRules.ReadName(Form.Name, out var name) is { } line)
            ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.Name)}", lines[line]);
        var classId = int.TryParse(Form.Class, CultureInfo.InvariantCulture, out var id) ? Public.ClassOf(id)?.Id : null;
        if (!ModelState.IsValid)
            return Page();
        Asked = asked.WireName();
        var found = await search.FindAsync(Event.Id, name, classId is not null || Form.Class == CorrectionForm.NoClass, classId,
            HttpContext.RequestAborted);
        MoreAreThere = found.Count > LostReceiptSearch.MaxFound;
        Found = [.. found.Take(LostReceiptSearch.MaxFound)];
        var entry = Db.Audit(AuditAction.NamesViewed, Event, AuditReason.LostReceipt, Found.Sum(pledge => pledge.Signers.Count));
        (entry.ClassId, entry.Detail) = (classId, Asked);
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        return Page();
    }
}
