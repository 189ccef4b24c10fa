using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Participations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.List;

/// <summary>
/// The events within the access scope: the next one with what it still lacks, then those to come, the soonest first, then those
/// that are over, the latest first. The desk's first page.
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class EventsPage(
    CampaignDb db, PublishedEvents published, TallyBoard board, ParticipationReader participations, ClockCheck clock,
    TimeProvider time) : PageModel
{
    /// <summary>Most rows of each of the two lists on one page.</summary>
    public const int PageSize = 12;

    /// <summary>Most events named at once whose signing was left open.</summary>
    public const int MaxLeftOpen = 5;

    public sealed record EventRow(
        int Id, string Code, int CampaignId, string Title, string Place, string Organization, DateTimeOffset StartsAt,
        DateTimeOffset EndsAt, string TimeZone, EventState State, bool IsPublished, int People,
        IReadOnlyList<EventTranslation> Translations, IReadOnlyList<OrganizationTranslation> Organizations)
    {
        /// <inheritdoc cref="CampaignEvent.WasMissed"/>
        public bool WasMissed(DateTimeOffset now) =>
            CampaignEvent.WasMissed(State, EndsAt, TimeZoneInfo.FindSystemTimeZoneById(TimeZone), now);

        public EventRow Localized()
        {
            var (title, place) = Translations.Localized(Title, Place);
            return this with { Title = title, Place = place, Organization = Organizations.Localized(Organization) };
        }
    }

    /// <summary>The event that comes next, or is on.</summary>
    /// <param name="Row">As in the lists.</param>
    /// <param name="DaysLeft">Calendar days until it starts; 0 today, or when it started on a day before.</param>
    /// <param name="IsOn">It has started and not ended.</param>
    /// <param name="Gaps">What it still lacks.</param>
    public sealed record NextEvent(EventRow Row, int DaysLeft, bool IsOn, EventGaps Gaps);

    [BindProperty(SupportsGet = true)]
    public EventState? State { get; set; }

    /// <summary>Those that were put away, which the lists leave out otherwise.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Archived { get; set; }

    /// <summary>What has just been done to an event that has no page any more.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>Part of a title, a place or an organization's name, or a whole code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>The code of the last event of the page before, among those that are over.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>The code of the last event of the page before, among those to come.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>What waits for it an administrator can let go on.</summary>
    public bool TellsOfClock => !clock.IsTrusted && User.MayAdminister();

    /// <summary>Shown above the lists while nothing narrows them.</summary>
    public NextEvent? Next { get; private set; }

    /// <summary>Those to come, without <see cref="Next"/>.</summary>
    public List<EventRow> Upcoming { get; private set; } = [];

    public List<EventRow> Past { get; private set; } = [];

    /// <summary>Those that are over while signing goes on without a stated end, the one first that has been so the longest.</summary>
    public List<EventRow> LeftOpen { get; private set; } = [];

    /// <summary>Events of others in which own classes take part; while nothing narrows the lists.</summary>
    public IReadOnlyList<Participation> TakingPart { get; private set; } = [];

    public bool HasLater { get; private set; }

    public bool HasOlder { get; private set; }

    /// <summary>How many events of each state match the search, archived ones left out.</summary>
    public Dictionary<EventState, int> Counts { get; private set; } = [];

    /// <summary>How many archived events match the search.</summary>
    public int ArchivedCount { get; private set; }

    public bool IsNarrowed => Archived || State is not null || IsSearched;

    public bool IsSearched => !string.IsNullOrWhiteSpace(Search);

    public bool IsFirstPage => Before is null && After is null;

    /// <summary>There is no event at all.</summary>
    public bool IsEmpty => Counts.Count == 0 && ArchivedCount == 0 && !IsSearched;

    /// <summary>What an event from the template is called.</summary>
    public string TemplateTitle => EventTemplate.TitleIn(CultureInfo.CurrentUICulture);

    public async Task OnGetAsync()
    {
        var counted = await db.Events.Matching(Search).GroupBy(e => new { e.State, IsArchived = e.ArchivedAt != null })
            .Select(g => new { g.Key.State, g.Key.IsArchived, Count = g.Count() }).ToListAsync();
        Counts = counted.Where(g => !g.IsArchived).ToDictionary(g => g.State, g => g.Count);
        ArchivedCount = counted.Where(g => g.IsArchived).Sum(g => g.Count);
        var now = time.GetUtcNow();
        // An event stays where it is looked for until its day is over, however long it takes.
        var today = now.EndOfDayIn(CampaignEvent.DefaultZone).AddDays(-1);
        var chosen = db.Events.Matching(Search).Where(e => e.ArchivedAt != null == Archived);
        if (State is { } state && !Archived)
            chosen = chosen.Where(e => e.State == state);
        var coming = chosen.Where(e => e.EndsAt >= today && e.State != EventState.Closed);
        if (!IsNarrowed && IsFirstPage)
        {
            Next = await FindNextAsync(coming, now);
            LeftOpen = await Rows(db.Events
                .Where(e => e.State == EventState.Open && e.HomeSigningUntil == null && e.EndsAt <= now && e.Campaign.ErasedAt == null)
                .OrderBy(e => e.EndsAt).ThenBy(e => e.Id).Take(MaxLeftOpen));
            TakingPart = await participations.ListAsync(db.AccessScope, HttpContext.RequestAborted);
        }
        if (Before is null)
            await ReadUpcomingAsync(coming);
        if (After is null)
            await ReadPastAsync(chosen.Where(e => e.EndsAt < today || e.State == EventState.Closed));
    }

    /// <summary>The one that is on and open; else the first that is not over; else what should have been today.</summary>
    private async Task<NextEvent?> FindNextAsync(IQueryable<CampaignEvent> coming, DateTimeOffset now)
    {
        var first = coming.OrderBy(e => e.State == EventState.Open && e.StartsAt <= now ? 0 : e.EndsAt >= now ? 1 : 2)
            .ThenBy(e => e.StartsAt).ThenBy(e => e.Id);
        if (await Rows(first.Take(1)) is not [var row] || await published.FindAsync(row.Id) is not { } seen)
            return null;
        var days = row.StartsAt.DayIn(row.TimeZone).DayNumber - now.DayIn(row.TimeZone).DayNumber;
        return new NextEvent(row, Math.Max(days, 0), row.StartsAt <= now && now < row.EndsAt, EventGaps.Of(seen, row.CampaignId, now));
    }

    private async Task ReadUpcomingAsync(IQueryable<CampaignEvent> coming)
    {
        if (Next is { Row.Id: var shown })
            coming = coming.Where(e => e.Id != shown);
        if (await KeyOfAsync(After) is var (startsAt, id))
            coming = coming.Where(e => e.StartsAt > startsAt || (e.StartsAt == startsAt && e.Id > id));
        Upcoming = await Rows(coming.OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Take(PageSize + 1));
        HasLater = Cut(Upcoming);
    }

    private async Task ReadPastAsync(IQueryable<CampaignEvent> past)
    {
        if (await KeyOfAsync(Before) is var (startsAt, id))
            past = past.Where(e => e.StartsAt < startsAt || (e.StartsAt == startsAt && e.Id < id));
        Past = await Rows(past.OrderByDescending(e => e.StartsAt).ThenByDescending(e => e.Id).Take(PageSize + 1));
        HasOlder = Cut(Past);
    }

    /// <summary>Lists continue after a known row, so that a page costs the same however far back it lies.</summary>
    private async Task<(DateTimeOffset StartsAt, int Id)?> KeyOfAsync(string? code) =>
        code is not null
        && await db.Events.Where(e => e.Code == code).Select(e => new { e.StartsAt, e.Id }).SingleOrDefaultAsync() is { } last
            ? (last.StartsAt, last.Id)
            : null;

    private async Task<List<EventRow>> Rows(IQueryable<CampaignEvent> events)
    {
        var rows = await events.Select(e => new EventRow(e.Id, e.Code, e.CampaignId, e.Title, e.Place, e.Organization.Name, e.StartsAt,
            e.EndsAt, e.TimeZone, e.State, e.IsPublished, 0, e.Translations.ToList(), e.Organization.Translations.ToList())).ToListAsync();
        return [.. rows.Select(row => row.Localized() with { People = board.People(row.Id, row.State) })];
    }

    /// <summary>Takes off the row that only tells that there are more.</summary>
    private static bool Cut(List<EventRow> rows)
    {
        if (rows.Count <= PageSize)
            return false;
        rows.RemoveAt(PageSize);
        return true;
    }
}
