using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Schools.Slips;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Printing;

/// <summary>A file of the page, to be downloaded or drawn in the background first.</summary>
/// <param name="Address">Of the file.</param>
/// <param name="Download">What the link to it says.</param>
/// <param name="IsLong">It is drawn in the background.</param>
/// <param name="File">Null before somebody has asked for it.</param>
/// <param name="PrepareAddress">Where it is asked for.</param>
/// <param name="Prepare">What the button says that asks for it.</param>
public sealed record PrintedFile(
    string Address, string Download, bool IsLong, PreparedFile? File, string PrepareAddress, string Prepare);

/// <summary>The class sheets of all classes and the take-home slips of all pupils of an event, each as one file to print.</summary>
public sealed class EventPrintPage(
    DeskPageDependencies desk, EventPrintDependencies print, ClassSlips slips, IStringLocalizer<PrintingText> localizer,
    IStringLocalizer<SlipsText> slipWords)
    : EventPrintPageModel(desk, print)
{
    public IReadOnlyList<PreparedKind> SlipKinds { get; } = [PreparedKind.Slips, PreparedKind.SlipsWithoutNames];

    /// <summary>Schools with classes of which there is no list.</summary>
    public IReadOnlyList<Organization> SchoolsWithoutList { get; private set; } = [];

    public int Pupils => Classes.Sum(group => group.Pupils);

    public int Issued => Classes.Sum(group => group.Issued);

    public int Used => Classes.Sum(group => group.Used);

    /// <summary>Without a text for pupils there is nothing to sign on a sheet.</summary>
    public bool HasText => Public.TextFor(SignerRole.Student) is not null;

    public int WithoutList => Classes.Count(group => group.Pupils == 0);

    public async Task OnGetAsync()
    {
        var without = Classes.Where(group => group.Pupils == 0).Select(group => group.Class.Id).ToList();
        SchoolsWithoutList = [.. (await Db.Organizations.AsNoTracking().Where(school => school.Classes.Any(c => without.Contains(c.Id)))
            .ToListAsync(HttpContext.RequestAborted)).OrderBy(school => school.Name, NameOrder.Instance)];
        if (SlipKinds.Prepend(PreparedKind.ClassSheets).Any(kind => Prepared(kind) is { IsRunning: true }))
            // With an address: one that differs by no more than a fragment (#slips) is not loaded again.
            Response.Headers["Refresh"] = $"2; url={DeskRoutes.EventPrint(Event.Code)}";
    }

    public PrintedFile FileOf(PreparedKind kind)
    {
        var (address, handler) = kind == PreparedKind.ClassSheets
            ? (DeskRoutes.AllSheetsPdf(Event.Code), "Sheets") : (DeskRoutes.AllSlipsPdf(Event.Code), "Slips");
        var withoutNames = kind == PreparedKind.SlipsWithoutNames;
        return new PrintedFile(
            withoutNames ? $"{address}?names=no" : address, localizer[withoutNames ? "Download.WithoutNames" : "Download"],
            IsLong(kind), Prepared(kind),
            $"{DeskRoutes.EventPrint(Event.Code)}?handler={handler}{(withoutNames ? "&names=no" : "")}",
            localizer[withoutNames ? "Prepare.WithoutNames" : "Prepare"]);
    }

    /// <summary>Has the class sheets drawn.</summary>
    public async Task<IActionResult> OnPostSheetsAsync()
    {
        if (!HasText || Classes.Count == 0)
            return ToPage(PreparedKind.ClassSheets);
        Db.Audit(AuditAction.PaperSheetsPrinted, Event, count: Pupils);
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        Start(PreparedKind.ClassSheets);
        return ToPage(PreparedKind.ClassSheets);
    }

    /// <summary>Has the slips drawn.</summary>
    /// <param name="names">"no" leaves the names off the paper.</param>
    public IActionResult OnPostSlips(string? names)
    {
        var kind = names == "no" ? PreparedKind.SlipsWithoutNames : PreparedKind.Slips;
        if (PagesOf(kind) > 0)
            Start(kind);
        return ToPage(kind);
    }

    /// <summary>A slip for each pupil who has none, class by class, so that nobody who signs waits for the store long.</summary>
    public async Task<IActionResult> OnPostIssueAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        var issued = 0;
        foreach (var group in Classes.Where(group => group.Issued < group.Pupils).Select(group => group.Class))
        {
            var count = await slips.IssueAsync(Db, Public, group.Id, cancellationToken);
            if (count == 0)
                continue;
            Db.Audit(AuditAction.SlipsIssued, Event, count: count).ClassId = group.Id;
            if (await ClassSlips.SaveAsync(Db, cancellationToken))
                issued += count;
            Db.ChangeTracker.Clear();
        }
        Done = issued == 0 ? slipWords["Issued.Already"] : slipWords[issued == 1 ? "Issued.One" : "Issued", issued];
        return ToPage(PreparedKind.Slips);
    }
}
