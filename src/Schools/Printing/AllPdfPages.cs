using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Printing;

/// <summary>The class sheets of all classes as a file.</summary>
public sealed class AllSheetsPdfPage(DeskPageDependencies desk, EventPrintDependencies print) : EventPrintPageModel(desk, print)
{
    public Task<IActionResult> OnGetAsync() => SendAsync(PreparedKind.ClassSheets, "sheets",
        () => Db.Audit(AuditAction.PaperSheetsPrinted, Event, count: Classes.Sum(group => group.Pupils)));
}

/// <summary>The take-home slips of all classes that are not used yet, as a file; none are issued by asking for it.</summary>
public sealed class AllSlipsPdfPage(DeskPageDependencies desk, EventPrintDependencies print) : EventPrintPageModel(desk, print)
{
    /// <inheritdoc cref="Slips.EventSlipsPage.Names"/>
    [BindProperty(SupportsGet = true)]
    public string? Names { get; set; }

    public Task<IActionResult> OnGetAsync() => SendAsync(
        Names == "no" ? PreparedKind.SlipsWithoutNames : PreparedKind.Slips, "slips",
        () => Db.Audit(AuditAction.NamesViewed, Event, AuditReason.Slips, Classes.Sum(group => group.Issued - group.Used)));
}
