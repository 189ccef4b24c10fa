using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.New;

/// <summary>What a new event begins with.</summary>
public enum EventStart
{
    Template,
    Blank,
    Copy,
}

/// <summary>
/// Creates an event: from the template, blank, or as a duplicate of another. Place and time are asked for; the rest is preset, and
/// what is left empty is settled as usual.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class NewEventPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TimeProvider time) : DeskPageModel(desk)
{
    /// <summary>Most events that are offered to be copied at once; a search finds the others.</summary>
    public const int MaxCopies = 10;

    public sealed record NewEventForm
    {
        /// <summary>Null for the account's own.</summary>
        public int? OrganizationId { get; init; }

        /// <summary>An existing campaign; null for a new one named <see cref="CampaignTitle"/>.</summary>
        public int? CampaignId { get; init; }

        /// <summary>Empty for the usual one of the event's year.</summary>
        public string? CampaignTitle { get; init; }
        public string? Title { get; init; }
        public string? Place { get; init; }
        public string? StartsAt { get; init; }

        /// <summary>Empty for the usual time after <see cref="StartsAt"/>.</summary>
        public string? EndsAt { get; init; }

        /// <summary>The event has taken place already, and is entered afterwards.</summary>
        public bool PastIsMeant { get; init; }
    }

    public sealed record CopyChoice(string Code, string Title, string Place, string Organization, DateTimeOffset StartsAt, string TimeZone,
        IReadOnlyList<EventTranslation> Translations, IReadOnlyList<OrganizationTranslation> Organizations)
    {
        public CopyChoice Localized()
        {
            var (title, place) = Translations.Localized(Title, Place);
            return this with { Title = title, Place = place, Organization = Organizations.Localized(Organization) };
        }
    }

    [BindProperty(SupportsGet = true)]
    public EventStart Start { get; set; }

    /// <summary>The code of the event to duplicate.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>What the events to duplicate are searched for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty]
    public NewEventForm Form { get; set; } = new();

    /// <summary>The event that is duplicated: the one asked for, or else the next or the last one.</summary>
    public CampaignEvent? Original { get; private set; }

    /// <summary>
    /// The next one first, then those that are over, the latest first, and archived ones last: they may be what is wanted.
    /// </summary>
    public List<CopyChoice> Copies { get; private set; } = [];

    /// <summary>The account's own first; none where it is archived, and then there is nothing to create.</summary>
    public List<Organization> Organizations { get; private set; } = [];
    public List<Campaign> Campaigns { get; private set; } = [];

    /// <summary>The event would have been after the end of the campaign that was chosen, so another is offered.</summary>
    public bool OffersNewCampaign { get; private set; }

    /// <summary>How long it lasts where no end is typed.</summary>
    public TimeSpan UsualDuration => Original is null ? CampaignEvent.UsualDuration : Original.EndsAt - Original.StartsAt;

    /// <summary>A new campaign begins with the original's texts.</summary>
    public bool TakesTexts => Original is { Campaign.Texts.Count: > 0 };

    /// <summary>The year of the original, where the title names it: a copy is rarely held in the same one; else null.</summary>
    public string? YearInTitle => Original is { } original
        && original.StartsAt.DayIn(original.TimeZone).Year.ToString(CultureInfo.InvariantCulture) is var year
        && Form.Title?.Contains(year, StringComparison.Ordinal) == true ? year : null;

    /// <summary>This page's own address, with what the event begins with.</summary>
    public string Address => $"{DeskRoutes.NewEvent}?start={Start.WireName()}"
        + (Original is null ? "" : $"&from={Original.Code}");

    private static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Organizations.Count == 0)
            return;
        var organization = Original?.OrganizationId ?? Organizations[0].Id;
        Form = new NewEventForm
        {
            OrganizationId = organization,
            CampaignId = CampaignOf(organization)?.Id,
            Title = Start switch
            {
                EventStart.Copy => Original?.Title,
                EventStart.Template => EventTemplate.TitleIn(CultureInfo.CurrentUICulture),
                _ => null,
            },
            // Most organizations meet where they met before.
            Place = Original?.Place ?? await Db.Events.Where(e => e.OrganizationId == organization).OrderByDescending(e => e.Id)
                .Select(e => e.Place).FirstOrDefaultAsync(),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Organizations.Count == 0)
            return Page();
        var read = Reader(localizer, nameof(Form), "Field");
        var title = read.Line(nameof(Form.Title), Form.Title, CampaignEvent.TitleMaxLength);
        var place = read.Line(nameof(Form.Place), Form.Place, CampaignEvent.PlaceMaxLength);
        var schedule = TypedSchedule.Read(read, Form.StartsAt, Form.EndsAt, null, Zone, UsualDuration);
        schedule?.AskAboutPast(read, Form.PastIsMeant, time.GetUtcNow());
        var organization = Form.OrganizationId is { } chosen ? Organizations.Find(o => o.Id == chosen) : Organizations[0];
        if (organization is null)
            read.Refuse(nameof(Form.OrganizationId), "Error.ChooseOrganization");
        var campaign = ReadCampaign(read, organization, schedule);
        if (Start == EventStart.Copy && Original is null)
            ModelState.AddModelError(nameof(From), localizer["Error.ChooseOriginal"]);
        if (!ModelState.IsValid || organization is null || campaign is null || schedule is null)
            return Page();

        var created = Original?.Duplicate(title, schedule.StartsAt, campaign, organization)
            ?? new CampaignEvent(campaign, organization, title, place, schedule.StartsAt, schedule.EndsAt);
        created.Describe(title, place, Original?.Hosts ?? [organization.Name], created.Partners);
        created.Invite(await CurrentAsync(created.Classes));
        created.Schedule(schedule.StartsAt, schedule.EndsAt, null);
        if (Start == EventStart.Template)
        {
            created.Arrange(EventTemplate.Scenes(CultureInfo.CurrentUICulture));
            EventTemplate.TranslateTitle(created);
        }
        Db.Add(created);
        if (Form.CampaignId is null)
            Db.Audit(AuditAction.CampaignCreated, campaign);
        Db.Audit(AuditAction.EventCreated, created);
        await using (var transaction = await Db.Database.BeginTransactionAsync())
        {
            await Db.SaveChangesAsync();
            if (Original is not null)
                await CopyPicturesAsync(Original, created);
            await transaction.CommitAsync();
        }
        var isOfOtherYear = YearInTitle is { } year
            && year != created.StartsAt.DayIn(created.TimeZone).Year.ToString(CultureInfo.InvariantCulture);
        Done = isOfOtherYear ? "Done.NewWithOldYear" : "Done.New";
        return Redirect(DeskRoutes.Event(created.Code));
    }

    private async Task LoadAsync()
    {
        Organizations = await (await Db.FindUnarchivedAsync()).OrderBy(o => o.Path).ToListAsync();
        Campaigns = await Db.Campaigns.Include(c => c.Rules).OrderByDescending(c => c.Id).ToListAsync();
        if (Start != EventStart.Copy)
            return;
        Copies = await FindCopiesAsync();
        var first = string.IsNullOrWhiteSpace(Find) ? Copies.FirstOrDefault()?.Code : null;
        var asked = EventCode.TryParse(From, out var typed) ? typed : first;
        Original = await Db.Events.Include(e => e.Scenes).Include(e => e.Classes).Include(e => e.Campaign.Texts)
            .Include(e => e.Campaign.Rules).AsSplitQuery()
            .SingleOrDefaultAsync(e => e.Code == asked);
    }

    /// <summary>A class that has been merged since takes part as the one that stands for it.</summary>
    private async Task<List<ClassGroup>> CurrentAsync(List<ClassGroup> classes)
    {
        var into = classes.Select(c => c.MergedIntoId).OfType<int>().ToList();
        var stand = into.Count == 0 ? [] : await Db.Classes.Where(c => into.Contains(c.Id)).ToListAsync();
        return [.. classes.Where(c => c.MergedIntoId is null).Union(stand)];
    }

    /// <summary>They name their event by its number, which the store gives it first.</summary>
    private async Task CopyPicturesAsync(CampaignEvent original, CampaignEvent created)
    {
        var pictures = await Db.Pictures.AsNoTracking().Where(p => p.EventId == original.Id).OrderBy(p => p.Id).ToListAsync();
        Db.Pictures.AddRange(pictures.Select(picture => picture.CopyTo(created.Id)));
        await Db.SaveChangesAsync();
    }

    private async Task<List<CopyChoice>> FindCopiesAsync()
    {
        var now = time.GetUtcNow();
        var found = Db.Events.Matching(Find).Where(e => e.ArchivedAt == null);
        var coming = await Choices(found.Where(e => e.EndsAt >= now).OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Take(MaxCopies))
            .ToListAsync();
        var past = await Choices(found.Where(e => e.EndsAt < now).OrderByDescending(e => e.StartsAt).ThenByDescending(e => e.Id)
            .Take(MaxCopies)).ToListAsync();
        var archived = await Choices(Db.Events.Matching(Find).Where(e => e.ArchivedAt != null).OrderByDescending(e => e.StartsAt)
            .ThenByDescending(e => e.Id).Take(MaxCopies)).ToListAsync();
        return [.. coming.Take(1).Concat(past).Concat(coming.Skip(1)).Concat(archived).Take(MaxCopies)
            .Select(choice => choice.Localized())];
    }

    private static IQueryable<CopyChoice> Choices(IQueryable<CampaignEvent> events) =>
        events.Select(e => new CopyChoice(e.Code, e.Title, e.Place, e.Organization.Name, e.StartsAt, e.TimeZone, e.Translations.ToList(),
            e.Organization.Translations.ToList()));

    /// <summary>The newest campaign of an organization that is not over.</summary>
    private Campaign? CampaignOf(int organization) => Campaigns.Find(c =>
        c.OrganizationId == organization && c.ErasedAt is null && c.RulesInForce.EndsOn >= time.GetUtcNow().DayIn(Zone));

    private Campaign? ReadCampaign(FormReader read, Organization? organization, TypedSchedule? schedule)
    {
        var title = read.Line(nameof(Form.CampaignTitle), Form.CampaignTitle, Campaign.TitleMaxLength, required: false);
        if (Form.CampaignId is null)
            return organization is null || schedule is null ? null : Found(title, organization, schedule);
        var campaign = Campaigns.Find(c => c.Id == Form.CampaignId);
        if (campaign is null || (organization is not null && campaign.OrganizationId != organization.Id))
            read.Refuse(nameof(Form.CampaignId), "Error.CampaignOfOther");
        else if (schedule?.EndsAt.DayIn(Zone) > campaign.RulesInForce.EndsOn)
            OfferNewCampaign(read, campaign);
        return campaign;
    }

    /// <summary>
    /// The day on which a campaign's names are erased is not moved for an event that is added: it holds for the events that are there,
    /// and each move is a new version of the rules that families are shown.
    /// </summary>
    private void OfferNewCampaign(FormReader read, Campaign campaign)
    {
        read.Refuse(nameof(Form.EndsAt), "New.AfterCampaign", campaign.RulesInForce.EndsOn);
        Form = Form with { CampaignId = null };
        ModelState.Remove($"{nameof(Form)}.{nameof(Form.CampaignId)}"); // the list shows what is chosen now, not what was sent
        OffersNewCampaign = true;
    }

    private Campaign Found(string title, Organization organization, TypedSchedule schedule)
    {
        if (title == "")
            title = EventTemplate.CampaignTitleIn(CultureInfo.CurrentUICulture, schedule.StartsAt.DayIn(Zone));
        var endsOn = Campaign.UsualEnd(schedule.EndsAt.DayIn(Zone));
        // Who answers for the data and how to reach them stays as it was, within the same organization.
        var rules = Original?.Campaign is { } before && before.OrganizationId == organization.Id
            ? before.RulesInForce.Settings with { EndsOn = endsOn }
            : RulesSettings.Usual(organization.Name, endsOn);
        var founded = new Campaign(organization, title, rules, time.GetUtcNow());
        if (TakesTexts)
            founded.TakeTextsFrom(Original!.Campaign, time.GetUtcNow());
        else
            OfficialTexts.WriteInto(founded, time.GetUtcNow());
        return founded;
    }
}
