using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Facts;

/// <summary>Edits what, where, when and who.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class EventFactsPage(
    DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, InterfaceLanguages languages, TimeProvider time)
    : EventPageModel(desk)
{
    public sealed record FactsForm
    {
        public string? Title { get; init; }
        public string? Place { get; init; }
        public string? StartsAt { get; init; }
        public string? EndsAt { get; init; }
        public string? HomeSigningUntil { get; init; }
        public string? GraceMinutes { get; init; }
        public string? Hosts { get; init; }
        public string? Partners { get; init; }

        /// <summary>What all of this is called in further languages.</summary>
        public List<EventTranslationForm> Translations { get; init; } = [];
        public bool ShowsNames { get; init; }

        /// <summary>The event has taken place already, and is entered afterwards.</summary>
        public bool PastIsMeant { get; init; }
    }

    [BindProperty]
    public FactsForm Form { get; set; } = new();

    /// <summary>Where somebody else has saved something else than what stands in the form: the field, its label, what is stored.</summary>
    public IReadOnlyList<(string Field, string Label, string Stored)> StoredNow { get; private set; } = [];

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Campaign.Rules).Include(e => e.Campaign.Events);

    public void OnGet()
    {
        SeenRevision = Event.Revision;
        Form = FactsOf(Event) with
        {
            Translations = [.. languages.OfferedFor(Event.Title, Event.Translations).Select(l => EventTranslationForm.Of(Event, l))],
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var read = Reader(localizer, nameof(Form), "Field");
        var title = read.Line(nameof(Form.Title), Form.Title, CampaignEvent.TitleMaxLength);
        var place = read.Line(nameof(Form.Place), Form.Place, CampaignEvent.PlaceMaxLength);
        var schedule = TypedSchedule.Read(read, Form.StartsAt, Form.EndsAt, Form.HomeSigningUntil, Zone);
        var grace = read.Number(nameof(Form.GraceMinutes), Form.GraceMinutes, 0, CampaignEvent.MaxGraceMinutes);
        var hosts = read.Lines(nameof(Form.Hosts), Form.Hosts, CampaignEvent.PartnerMaxLength, CampaignEvent.MaxPartners);
        var partners = read.Lines(nameof(Form.Partners), Form.Partners, CampaignEvent.PartnerMaxLength, CampaignEvent.MaxPartners);
        var translations = ReadTranslations(hosts, partners);
        var rulesBefore = Event.Campaign.RulesInForce.Version;
        if ((Form.StartsAt, Form.EndsAt) != (OnClock(Event.StartsAt), OnClock(Event.EndsAt)))
            schedule?.AskAboutPast(read, Form.PastIsMeant, time.GetUtcNow());
        if (schedule?.EndsAt > Event.EndsAt && !Event.Campaign.MakeRoomFor(schedule.EndsAt.DayIn(Zone), time.GetUtcNow(), Event))
            read.Refuse(nameof(Form.EndsAt), "Error.AfterCampaign", Event.Campaign.RulesInForce.EndsOn); // erased too soon, perhaps at once
        if (!ModelState.IsValid || schedule is null)
            return Page();

        Event.Describe(title, place, hosts, partners);
        foreach (var translation in translations)
            Event.Translate(translation.Language, translation.Title, translation.Place, translation.Partners);
        Event.ShowNames(Form.ShowsNames);
        Event.AllowGrace(grace);
        Event.Schedule(schedule.StartsAt, schedule.EndsAt, schedule.HomeSigningUntil);
        Db.AuditNewRules(Event.Campaign, rulesBefore);
        Db.Audit(AuditAction.EventEdited, Event);
        return await SaveAsync(SeenRevision) ? Back("Done.Facts") : await ShowStoredAsync();
    }

    private FactsForm FactsOf(CampaignEvent e) => new()
    {
        Title = e.Title,
        Place = e.Place,
        StartsAt = OnClock(e.StartsAt),
        EndsAt = OnClock(e.EndsAt),
        HomeSigningUntil = OnClock(e.HomeSigningUntil),
        GraceMinutes = e.GraceMinutes.ToString(CultureInfo.InvariantCulture),
        Hosts = string.Join('\n', e.Hosts),
        Partners = string.Join('\n', e.Partners),
        ShowsNames = e.ShowsNames,
    };

    /// <summary>The form as it was sent, with what it would overwrite.</summary>
    private async Task<IActionResult> ShowStoredAsync()
    {
        if (await Db.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == Event.Id) is { } saved)
        {
            var stored = FactsOf(saved);
            (string Field, string? Typed, string? Stored)[] fields =
            [
                (nameof(Form.Title), Form.Title, stored.Title),
                (nameof(Form.Place), Form.Place, stored.Place),
                (nameof(Form.StartsAt), Form.StartsAt, stored.StartsAt),
                (nameof(Form.EndsAt), Form.EndsAt, stored.EndsAt),
                (nameof(Form.HomeSigningUntil), Form.HomeSigningUntil, stored.HomeSigningUntil),
                (nameof(Form.GraceMinutes), Form.GraceMinutes, stored.GraceMinutes),
                (nameof(Form.Hosts), Form.Hosts, stored.Hosts),
                (nameof(Form.Partners), Form.Partners, stored.Partners),
            ];
            StoredNow =
            [
                .. Differing(fields).Select(f => (f.Field, localizer[$"Field.{f.Field}"].Value, Readable(f.Field, f.Stored))),
                .. Form.ShowsNames == stored.ShowsNames ? [] : new[]
                {
                    (nameof(Form.ShowsNames), localizer["Field.ShowsNames"].Value,
                        localizer[stored.ShowsNames ? "StoredNow.Ticked" : "StoredNow.Unticked"].Value),
                },
                .. Form.Translations.Index().SelectMany(typed => DifferingIn(typed.Item, typed.Index, saved)),
            ];
        }
        return await OvertakenAsync();
    }

    /// <summary>The fields in one further language.</summary>
    private IEnumerable<(string Field, string Label, string Stored)> DifferingIn(EventTranslationForm typed, int place, CampaignEvent saved)
    {
        var language = languages.All.First(known => known.Tag == typed.Language);
        var stored = EventTranslationForm.Of(saved, language);
        return Differing(
        [
            (nameof(typed.Title), typed.Title, stored.Title),
            (nameof(typed.Place), typed.Place, stored.Place),
            (nameof(typed.Hosts), typed.Hosts, stored.Hosts),
            (nameof(typed.Partners), typed.Partners, stored.Partners),
        ]).Select(f => ($"{nameof(Form.Translations)}[{place}].{f.Field}",
            localizer["StoredNow.In", localizer[$"FieldIn.{f.Field}"].Value, language.Name].Value, f.Stored));
    }

    private static IEnumerable<(string Field, string Stored)> Differing(
        IEnumerable<(string Field, string? Typed, string? Stored)> fields) =>
        fields.Where(f => Plain(f.Typed) != Plain(f.Stored)).Select(f => (f.Field, Plain(f.Stored)));

    /// <summary>A moment without the letter that the browser's field writes between day and time.</summary>
    private static string Readable(string field, string stored) =>
        field is nameof(Form.StartsAt) or nameof(Form.EndsAt) or nameof(Form.HomeSigningUntil) ? stored.Replace('T', ' ') : stored;

    private static string Plain(string? value) => (value ?? "").ReplaceLineEndings("\n").Trim();

    private List<TypedTranslation> ReadTranslations(List<string> hosts, List<string> partners)
    {
        Form = Form with { Translations = [.. languages.OneOfEach(Form.Translations, typed => typed.Language)] };
        return [.. Form.Translations.Index().Select(typed => typed.Item.Read(
            Reader(localizer, $"{nameof(Form)}.{nameof(Form.Translations)}[{typed.Index}]", "FieldIn"), hosts, partners))];
    }
}
