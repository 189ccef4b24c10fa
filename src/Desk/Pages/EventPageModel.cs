using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>A page about the event whose code stands in the address. One outside the access scope is answered with 404.</summary>
public abstract class EventPageModel(DeskPageDependencies dependencies) : DeskPageModel(dependencies)
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The event's revision when the form was shown, to find out that somebody else has saved since.</summary>
    [BindProperty]
    public long SeenRevision { get; set; }

    public CampaignEvent Event { get; private set; } = null!;

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Event.TimeZone);

    /// <summary>Adds what the page shows beside the event's own facts.</summary>
    protected virtual IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events;

    /// <summary>Reads what else every handler of the page needs. False where the address names something that is not there: 404.</summary>
    protected virtual Task<bool> TryLoadAsync() => Task.FromResult(true);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = EventCode.TryParse(Code, out var code)
            ? await With(Db.Events.Include(e => e.Organization)).AsSplitQuery().SingleOrDefaultAsync(e => e.Code == code)
            : null;
        if (found is null)
        {
            context.Result = NotFound();
            return;
        }
        Event = found;
        if (await TryLoadAsync())
            await next();
        else
            context.Result = NotFound();
    }

    /// <summary>A line of the audit log for an act of the ledger, which writes it in its own transaction.</summary>
    protected AuditEntry AuditLine(AuditAction action, AuditReason? reason = null, int? count = null) =>
        AuditEntry.Of(action, Event, User.Actor(), reason, count);

    /// <summary>A moment on the event's own clocks, for a field of a form.</summary>
    protected string? OnClock(DateTimeOffset? moment) =>
        moment is null
            ? null
            : TimeZoneInfo.ConvertTime(moment.Value, Zone).ToString(FormReader.MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// Saves the event and tells phones and screens. False when somebody else has saved since <paramref name="seen"/>;
    /// then nothing is saved.
    /// </summary>
    protected async Task<bool> SaveAsync(long seen)
    {
        // Scenes and classes lie in other tables, but they are part of what the revision stands for.
        var revision = Db.Entry(Event).Property(e => e.Revision);
        revision.OriginalValue = seen;
        revision.IsModified = true;
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
        {
            // Two added the same row at one instant, such as a translation: the other's key stood in the way before the revision did.
            if (await Db.Events.AnyAsync(x => x.Id == Event.Id && x.Revision == seen))
                throw;
            return false;
        }
        await Published.ChangedAsync(Event.Id);
        return true;
    }

    /// <summary>
    /// Shows the form as it was sent and says that somebody else has saved meanwhile. Saving again then succeeds: the
    /// organizer has been told.
    /// </summary>
    protected async Task<PageResult> OvertakenAsync()
    {
        ModelState.Remove(nameof(SeenRevision));
        // 0 where it was deleted
        SeenRevision = await Db.Events.Where(e => e.Id == Event.Id).Select(e => e.Revision).SingleOrDefaultAsync();
        ModelState.AddModelError("", DeskLocalizer["Error.Overtaken"]);
        return Page();
    }

    /// <summary>To the event's page, which says what was done.</summary>
    /// <param name="done">The key of the sentence.</param>
    /// <param name="section">The id of the part of the page to show; null for its top.</param>
    protected RedirectResult Back(string done, string? section = null)
    {
        Done = done;
        return Redirect(DeskRoutes.Event(Event.Code) + (section is null ? "" : $"#{section}"));
    }
}
