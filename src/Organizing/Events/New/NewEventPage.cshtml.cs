using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
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

/// <summary>Creates an event: from the template, blank, or as a duplicate of another.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class NewEventPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TimeProvider time) : DeskPageModel(desk)
{
    private const int CopiesOffered = 100;

    public sealed record NewEventForm
    {
        public int? OrganizationId { get; init; }

        /// <summary>An existing campaign; null for a new one named <see cref="CampaignTitle"/>.</summary>
        public int? CampaignId { get; init; }
        public string? CampaignTitle { get; init; }
        public string? Title { get; init; }
        public string? Place { get; init; }
        public string? StartsAt { get; init; }
        public string? EndsAt { get; init; }
    }

    public sealed record CopyChoice(string Code, string Title, DateTimeOffset StartsAt, string TimeZone);

    [BindProperty(SupportsGet = true)]
    public EventStart Start { get; set; }

    /// <summary>The code of the event to duplicate.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty]
    public NewEventForm Form { get; set; } = new();

    public CampaignEvent? Original { get; private set; }
    public List<CopyChoice> Copies { get; private set; } = [];
    public List<Organization> Organizations { get; private set; } = [];
    public List<Campaign> Campaigns { get; private set; } = [];

    /// <summary>This page's own address, with what the event begins with.</summary>
    public string Address => $"{DeskRoutes.NewEvent}?start={Start.WireName()}"
        + (Original is null ? "" : $"&from={Original.Code}");

    private static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var organization = Original?.OrganizationId ?? (Organizations.Count == 1 ? Organizations[0].Id : null);
        Form = new NewEventForm
        {
            OrganizationId = organization,
            CampaignId = Campaigns.Find(c => c.OrganizationId == organization)?.Id,
            CampaignTitle = localizer["New.CampaignTitleOf", TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).Year],
            Title = Start switch
            {
                EventStart.Copy => Original?.Title,
                EventStart.Template => EventTemplate.TitleIn(CultureInfo.CurrentUICulture),
                _ => null,
            },
            Place = Original?.Place,
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var read = Reader(localizer, nameof(Form), "Field");
        var title = read.Line(nameof(Form.Title), Form.Title, CampaignEvent.TitleMaxLength);
        var place = read.Line(nameof(Form.Place), Form.Place, CampaignEvent.PlaceMaxLength);
        var schedule = TypedSchedule.Read(read, Form.StartsAt, Form.EndsAt, null, Zone);
        var organization = Organizations.Find(o => o.Id == Form.OrganizationId);
        if (organization is null)
            read.Refuse(nameof(Form.OrganizationId), "Error.ChooseOrganization");
        var rulesBefore = Campaigns.Find(c => c.Id == Form.CampaignId)?.RulesInForce.Version;
        var campaign = ReadCampaign(read, organization, schedule);
        if (Start == EventStart.Copy && Original is null)
            ModelState.AddModelError(nameof(From), localizer["Error.ChooseOriginal"]);
        if (!ModelState.IsValid || organization is null || campaign is null || schedule is null)
            return Page();

        var created = Original?.Duplicate(title, schedule.StartsAt, campaign, organization)
            ?? new CampaignEvent(campaign, organization, title, place, schedule.StartsAt, schedule.EndsAt);
        created.Describe(title, place, Original?.Hosts ?? [organization.Name], created.Partners);
        created.Schedule(schedule.StartsAt, schedule.EndsAt, null);
        if (Start == EventStart.Template)
            created.Arrange(EventTemplate.Scenes(CultureInfo.CurrentUICulture));
        Db.Add(created);
        if (rulesBefore is { } before)
            Db.AuditNewRules(campaign, before);
        else
            Db.Audit(AuditAction.CampaignCreated, campaign);
        Db.Audit(AuditAction.EventCreated, created);
        await Db.SaveChangesAsync();
        Done = "Done.New";
        return Redirect(DeskRoutes.Event(created.Code));
    }

    private async Task LoadAsync()
    {
        Organizations = await Db.UnarchivedOrganizations.OrderBy(o => o.Path).ToListAsync();
        Campaigns = await Db.Campaigns.Include(c => c.Rules).Include(c => c.Events).AsSplitQuery()
            .OrderByDescending(c => c.Id).ToListAsync();
        if (Start != EventStart.Copy)
            return;
        Copies = await Db.Events.OrderByDescending(e => e.StartsAt).Take(CopiesOffered)
            .Select(e => new CopyChoice(e.Code, e.Title, e.StartsAt, e.TimeZone)).ToListAsync();
        if (EventCode.TryParse(From, out var code))
            Original = await Db.Events.Include(e => e.Scenes).Include(e => e.Classes).Include(e => e.Campaign.Texts).AsSplitQuery()
                .SingleOrDefaultAsync(e => e.Code == code);
    }

    private Campaign? ReadCampaign(FormReader read, Organization? organization, TypedSchedule? schedule)
    {
        if (Form.CampaignId is null)
        {
            var title = read.Line(nameof(Form.CampaignTitle), Form.CampaignTitle, Campaign.TitleMaxLength);
            if (organization is null || schedule is null)
                return null;
            var founded = new Campaign(organization, title, Campaign.UsualEnd(schedule.EndsAt.DayIn(Zone)), time.GetUtcNow());
            if (Original is { Campaign.Texts.Count: > 0 })
                founded.TakeTextsFrom(Original.Campaign, time.GetUtcNow());
            else
                OfficialTexts.WriteInto(founded, time.GetUtcNow());
            return founded;
        }
        var campaign = Campaigns.Find(c => c.Id == Form.CampaignId);
        if (campaign is null || (organization is not null && campaign.OrganizationId != organization.Id))
            read.Refuse(nameof(Form.CampaignId), "Error.CampaignOfOther");
        else
            schedule?.FitInto(campaign, read, Zone, time.GetUtcNow());
        return campaign;
    }
}
