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

namespace SafetyCampaign.Organizing.Events.Signers;

/// <summary>
/// Who has signed at an event: the list, to filter and to print, and the answer to a parent who asks whether it has signed. Filters
/// stand in the address; the name that is looked for is posted, so that it stands in no address and no log.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class SignersPage(
    DeskPageDependencies desk, SignerList list, ClockCheck clock, TimeProvider time, IStringLocalizer<SignersText> localizer,
    IStringLocalizer<IntakeText> lines) : EventPageModel(desk)
{
    /// <summary>On paper a page holds a class, or a small school.</summary>
    public const int MaxPrinted = 500;

    private const int OnOnePage = 50;

    [BindProperty(SupportsGet = true, Name = "")]
    public SignerFilter Filter { get; set; } = new();

    /// <summary>The sequence number of the last pledge of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Print { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>The event as phones see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public IReadOnlyList<ListedSigner> Signers { get; private set; } = [];

    /// <summary>Of how many <see cref="Signers"/> are a part, on paper; null where they are all.</summary>
    public int? Total { get; private set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>Null where nobody was looked for.</summary>
    public FoundSigners? Found { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public bool SigningIsOpen => Public.SigningAt(clock.Now) == SigningStatus.Open;

    public string ClassName(int? classId) => Public.ClassOf(classId)?.LocalizedFullName() ?? localizer["NoClass"];

    protected override async Task<bool> TryLoadAsync()
    {
        Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        return true;
    }

    public async Task OnGetAsync()
    {
        var rows = Print ? MaxPrinted : OnOnePage;
        var classes = Public.Classes.Select(c => c.Id).ToList();
        var found = await list.ReadAsync(Event.Id, Filter, classes, Before, rows, withStrokes: !Print, HttpContext.RequestAborted);
        Signers = [.. found.Take(rows)];
        Next = found.Count > rows ? Signers[^1].Sequence : null;
        if (Print && (Next is not null || Before is not null))
            Total = await list.CountAsync(Event.Id, Filter, HttpContext.RequestAborted);
        if (Signers.Any(s => s.Name is not null))
            await NoteAsync(AuditReason.SignerList, Signers, Public.ClassOf(Filter.ClassId)?.Id, Print ? "print" : null);
    }

    public async Task<PageResult> OnPostAsync()
    {
        ModelState.Clear(); // what could not be read is missing, and missing has words of its own
        if (SignerRules.ReadName(Name, out var name) is { } line)
        {
            ModelState.AddModelError(nameof(Name), lines[line]);
            return Page();
        }
        Found = await list.FindAsync(Event.Id, name, HttpContext.RequestAborted);
        Name = name;
        await NoteAsync(AuditReason.FamilyRequest, [.. Found.Exact, .. Found.Similar], null, null); // a search for nobody as well
        return Page();
    }

    /// <summary>On disk before the page is sent: no names without a line of the audit log.</summary>
    private async Task NoteAsync(AuditReason reason, IReadOnlyCollection<ListedSigner> shown, int? classId, string? detail)
    {
        var entry = Db.Audit(AuditAction.NamesViewed, Event, reason, shown.Count(s => s.Name is not null));
        (entry.ClassId, entry.Detail) = (classId, detail);
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
    }
}
