using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Printing;

/// <summary>A class and its paper, in numbers.</summary>
/// <param name="Class">The class.</param>
/// <param name="Pupils">On its list now.</param>
/// <param name="Issued">Those who have a slip.</param>
/// <param name="Used">Those whose family has signed with it.</param>
public sealed record ClassToPrint(PublishedClass Class, int Pupils, int Issued, int Used)
{
    public int SheetPages => PaperSheets.PagesOf(Pupils);

    public int SlipPages => (Issued - Used + SlipDrawing.OnSheet - 1) / SlipDrawing.OnSheet;
}

/// <summary>What the page and the files of an event's print share.</summary>
/// <param name="Printing">Draws them.</param>
/// <param name="Files">Those that take long.</param>
/// <param name="Languages">In which they are drawn.</param>
/// <param name="Clock">By which signing is open or not.</param>
/// <param name="Localizer">The page's words.</param>
public sealed record EventPrintDependencies(
    EventPrinting Printing, PreparedFiles Files, InterfaceLanguages Languages, ClockCheck Clock, IStringLocalizer<PrintingText> Localizer);

/// <summary>Prints class sheets and slips of those classes of an event that the account reaches.</summary>
/// <remarks>Whoever sees a slip can sign with it: the right to see names is not enough.</remarks>
[Authorize(Policy = Policies.Organize)]
public abstract class EventPrintPageModel(DeskPageDependencies desk, EventPrintDependencies print) : EventPageModel(desk)
{
    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>School by school.</summary>
    public IReadOnlyList<ClassToPrint> Classes { get; private set; } = [];

    protected EventPrinting Printing => print.Printing;

    /// <summary>Drawn in the background; null before somebody has asked for it.</summary>
    public PreparedFile? Prepared(PreparedKind kind) => print.Files.Find(Wanted(kind));

    /// <summary>Signing has ended: no family can sign with a slip any more.</summary>
    public bool IsOver => Public.SigningAt(print.Clock.Now) == SigningStatus.Ended;

    public int PagesOf(PreparedKind kind) => kind == PreparedKind.ClassSheets ? Classes.Sum(group => group.SheetPages)
        : IsOver ? 0 : Classes.Sum(group => group.SlipPages);

    public bool IsLong(PreparedKind kind) => PagesOf(kind) > EventPrinting.MaxPagesAtOnce;

    protected override async Task<bool> TryLoadAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        Public = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        var ids = Public.Classes.Select(group => group.Id).ToList();
        var reached = await Db.Classes.Where(group => ids.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken);
        var pupils = await Db.Roster.Where(RosterRule.IsOnList).Where(pupil => reached.Contains(pupil.ClassId))
            .GroupBy(pupil => pupil.ClassId).Select(of => new { of.Key, Count = of.Count() })
            .ToDictionaryAsync(of => of.Key, of => of.Count, cancellationToken);
        var slips = await (
            from slip in Db.Slips
            where slip.EventId == Event.Id && slip.RevokedAt == null
            join pupil in Db.Roster.Where(RosterRule.IsOnList) on slip.RosterEntryId equals pupil.Id
            group slip by pupil.ClassId into of
            select new { of.Key, Issued = of.Count(), Used = of.Count(slip => slip.UsedAt != null) })
            .ToDictionaryAsync(of => of.Key, of => (of.Issued, of.Used), cancellationToken);
        Classes = [.. Public.Classes.Where(group => reached.Contains(group.Id)).Select(group =>
            new ClassToPrint(group, pupils.GetValueOrDefault(group.Id), slips.GetValueOrDefault(group.Id).Issued,
                slips.GetValueOrDefault(group.Id).Used))];
        return true;
    }

    /// <summary>Has a file drawn in the background.</summary>
    protected void Start(PreparedKind kind)
    {
        var (e, classes) = (Public, Classes.Select(group => group.Class).ToList());
        print.Files.Start(Wanted(kind), async (file, drawn, ended) =>
        {
            // Printed pages are written to the store, for whose lock nobody waits with a low priority.
            var (state, pages) = await Task.Run(async () => (
                await Printing.StateAsync(kind, e.Id, ended), await Printing.PagesAsync(kind, e, classes, ended)), ended);
            Printing.Write(file, kind, e, pages, drawn, ended);
            return state;
        });
    }

    /// <summary>The file; to the page, which says what is to be done, where there is none.</summary>
    protected async Task<IActionResult> SendAsync(PreparedKind kind, string name, Func<AuditEntry> line)
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (PagesOf(kind) == 0)
            return ToPage(kind);
        Stream? file = null;
        if (Prepared(kind) is { IsReady: true } made)
        {
            if (made.Label != await Printing.StateAsync(kind, Event.Id, cancellationToken))
            {
                print.Files.Drop(Wanted(kind));
                Done = print.Localizer["Changed"];
                return ToPage(kind);
            }
            file = made.Open();
        }
        if (file is null)
        {
            if (IsLong(kind))
                return ToPage(kind);
            var pages = await Printing.PagesAsync(kind, Public, [.. Classes.Select(group => group.Class)], cancellationToken);
            if (pages.Count == 0) // no text for pupils
                return ToPage(kind);
            file = new MemoryStream();
            Printing.Write(file, kind, Public, pages, drawn: null, cancellationToken);
            file.Position = 0;
        }
        line();
        await Db.SaveChangesAsync(cancellationToken); // on disk before the file is sent: no names without a line of the audit log
        return File(file, "application/pdf", $"{Event.Code}-{name}.pdf");
    }

    protected IActionResult ToPage(PreparedKind kind) =>
        Redirect($"{DeskRoutes.EventPrint(Event.Code)}#{(kind == PreparedKind.ClassSheets ? "sheets" : "slips")}");

    private FileWanted Wanted(PreparedKind kind) => new(kind, Event.Id, print.Languages.Current.Tag, Db.AccessScope.Path);
}
