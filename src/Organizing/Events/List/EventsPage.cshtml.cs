using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.List;

/// <summary>The events within the access scope, newest first: the desk's first page.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class EventsPage(CampaignDb db, PublishedEvents published, TallyBoard board, ClockCheck clock) : PageModel
{
    public const int PageSize = 20;

    public sealed record EventRow(
        int Id, string Code, string Title, string Place, string Organization, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
        string TimeZone, EventState State, int People);

    [BindProperty(SupportsGet = true)]
    public EventState? State { get; set; }

    /// <summary>Part of a title, or a whole code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>The code of the last event of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>What waits for it an administrator can let go on.</summary>
    public bool TellsOfClock => !clock.IsTrusted && User.MayAdminister();

    public List<EventRow> Rows { get; private set; } = [];

    /// <summary>There are more events before the last row.</summary>
    public bool HasOlder { get; private set; }

    public async Task OnGetAsync()
    {
        var rows = await (await OlderThanAsync(Chosen(), Before))
            .OrderByDescending(e => e.StartsAt).ThenByDescending(e => e.Id)
            .Take(PageSize + 1)
            .Select(e => new EventRow(e.Id, e.Code, e.Title, e.Place, e.Organization.Name, e.StartsAt, e.EndsAt, e.TimeZone, e.State, 0))
            .ToListAsync();
        HasOlder = rows.Count > PageSize;
        foreach (var row in rows.Take(PageSize))
            Rows.Add(await published.FindAsync(row.Id) is { } seen ? row with { People = board.Snapshot(seen).People } : row);
    }

    private IQueryable<CampaignEvent> Chosen()
    {
        var events = db.Events.AsQueryable();
        if (State is { } state)
            events = events.Where(e => e.State == state);
        if (string.IsNullOrWhiteSpace(Search))
            return events;
        var part = Search.Trim().ToLowerInvariant();
        EventCode.TryParse(Search, out var code);
        return events.Where(e => e.Title.ToLower().Contains(part) || e.Code == code);
    }

    /// <summary>Continues after a known row, so that a page costs the same however far back it lies.</summary>
    private async Task<IQueryable<CampaignEvent>> OlderThanAsync(IQueryable<CampaignEvent> events, string? code) =>
        await db.Events.Where(e => e.Code == code).Select(e => new { e.StartsAt, e.Id }).SingleOrDefaultAsync() is { } last
            ? events.Where(e => e.StartsAt < last.StartsAt || (e.StartsAt == last.StartsAt && e.Id < last.Id))
            : events;
}
