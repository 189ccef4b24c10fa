using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Rules;

/// <summary>Settles a campaign's rules on children's personal data: who answers for it, how to reach them, until when it is kept.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class EditRulesPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TimeProvider time)
    : CampaignPageModel(desk)
{
    public sealed record RulesForm
    {
        public string? Controller { get; init; }
        public string? ContactPerson { get; init; }
        public string? ContactWay { get; init; }
        public string? Purpose { get; init; }
        public string? StoragePlace { get; init; }
        public string? EndsOn { get; init; }
    }

    [BindProperty]
    public RulesForm Form { get; set; } = new();

    /// <summary>The version that was in force when the form was shown, to find out that somebody else has written since.</summary>
    [BindProperty]
    public int SeenVersion { get; set; }

    /// <summary>This page's own address, with the way back.</summary>
    public string Address => DeskRoutes.CampaignRules(Id, FromCode);

    /// <summary>The list of the campaign's texts.</summary>
    public string TextsAddress => DeskRoutes.CampaignTexts(Id, FromCode);

    protected override IQueryable<Campaign> With(IQueryable<Campaign> campaigns) => campaigns.Include(c => c.Rules);

    public void OnGet()
    {
        var rules = Campaign.RulesInForce;
        SeenVersion = rules.Version;
        Form = new RulesForm
        {
            Controller = rules.Controller,
            ContactPerson = rules.ContactPerson,
            ContactWay = rules.ContactWay,
            Purpose = rules.Purpose,
            StoragePlace = rules.StoragePlace,
            EndsOn = rules.EndsOn.ToString(FormReader.DayFormat, CultureInfo.InvariantCulture),
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var settings = Read();
        if (settings is null || !ModelState.IsValid)
            return Page();
        if (SeenVersion != Campaign.RulesInForce.Version)
            return Overtaken(Campaign.RulesInForce.Version);

        Campaign.Settle(settings, time.GetUtcNow());
        Db.AuditNewRules(Campaign, SeenVersion);
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Two wrote the same version at once, and the index let the other through; or the store cannot write.
            if (await Db.Rules.AnyAsync(r => r.CampaignId == Id && r.Version > SeenVersion))
                return Overtaken(SeenVersion + 1);
            throw;
        }
        await Published.ContentChangedAsync(e => e.CampaignId == Campaign.Id);
        Done = !settings.HasContact ? "Done.RulesNoContact"
            : Campaign.RulesInForce.Version == SeenVersion ? "Done.RulesUnchanged"
            : "Done.Rules";
        return Redirect(Address);
    }

    private RulesSettings? Read()
    {
        var read = Reader(localizer, nameof(Form), "Rules");
        var controller = read.Line(nameof(Form.Controller), Form.Controller, RulesSettings.ControllerMaxLength);
        var person = read.Text(nameof(Form.ContactPerson), Form.ContactPerson, RulesSettings.ContactMaxLength);
        var way = read.Text(nameof(Form.ContactWay), Form.ContactWay, RulesSettings.ContactMaxLength);
        var purpose = read.Text(nameof(Form.Purpose), Form.Purpose, RulesSettings.PurposeMaxLength);
        var place = read.Text(nameof(Form.StoragePlace), Form.StoragePlace, RulesSettings.StoragePlaceMaxLength);
        var endsOn = read.Day(nameof(Form.EndsOn), Form.EndsOn);
        // Person and way of contact are only useful together, so either both are given or none.
        if (person == "" && way != "")
            read.Missing(nameof(Form.ContactPerson));
        if (way == "" && person != "")
            read.Missing(nameof(Form.ContactWay));
        if (Campaign.HasPromised && endsOn > Campaign.RulesInForce.EndsOn)
            read.Refuse(nameof(Form.EndsOn), "Error.Promised", Campaign.RulesInForce.EndsOn);
        else if (endsOn is { } sooner && sooner != Campaign.RulesInForce.EndsOn
            && RulesSettings.Usual("", sooner).EraseOn <= time.GetUtcNow().DayIn(CampaignEvent.DefaultZone))
            read.Refuse(nameof(Form.EndsOn), "Error.ErasesAtOnce");
        return endsOn is { } day ? new RulesSettings(controller, person, way, purpose, place, day) : null;
    }

    /// <summary>
    /// Keeps the form and says that somebody else has saved meanwhile. Saving again then writes the version after
    /// theirs.
    /// </summary>
    private PageResult Overtaken(int version)
    {
        ModelState.Remove(nameof(SeenVersion));
        SeenVersion = version;
        ModelState.AddModelError("", localizer["Error.TextOvertaken", version]);
        return Page();
    }
}
