using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Open;

/// <summary>
/// Opens signing, for the first time or again. The rehearsal's signatures are wiped, which must be confirmed by typing
/// the event's code. Without a named contact in the rules on children's data nothing is opened (儿童个人信息网络保护规定 8).
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class OpenSigningPage(
    DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TallyBoard board, PledgeLedger ledger, ClockCheck clock)
    : EventPageModel(desk)
{
    public sealed record OpenForm
    {
        public string? TypedCode { get; init; }
    }

    [BindProperty]
    public OpenForm Form { get; set; } = new();

    public bool Wipes => Event.State == EventState.Rehearsal;

    /// <summary>From which number the count goes on, where signing was open before.</summary>
    public int Counted => board.People(Event.Id, EventState.Open);

    public int Rehearsed => board.Rehearsed(Event.Id);

    /// <summary>The until-date has passed: opening alone would let nobody sign.</summary>
    public bool HomeSigningIsOver => Event.HomeSigningUntil <= clock.Now;

    /// <summary>Calendar days until it starts, where signing is opened for the first time before its day; else 0.</summary>
    public int DaysEarly => Event.OpenedAt is not null
        ? 0
        : Math.Max(0, Event.StartsAt.DayIn(Event.TimeZone).DayNumber - clock.Now.DayIn(Event.TimeZone).DayNumber);

    /// <summary>The rules on children's data name no contact, which the law asks for (docs/domain.md 6).</summary>
    public bool HasContact => Event.Campaign.RulesInForce.Settings.HasContact;

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Campaign.Rules);

    public IActionResult OnGet() => Event.State == EventState.Open ? Redirect(DeskRoutes.Event(Event.Code) + "#run") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Event.State == EventState.Open)
            return Redirect(DeskRoutes.Event(Event.Code) + "#run");
        if (Event.Campaign.ErasedAt is not null)
        {
            ModelState.AddModelError("", localizer["Error.CampaignErased"]);
            return Page();
        }
        if (!HasContact)
            return Page(); // which says so instead of offering the form
        if (Wipes && !(EventCode.TryParse(Form.TypedCode, out var typed) && typed == Event.Code))
        {
            Reader(localizer, nameof(Form), "Field").Refuse(nameof(Form.TypedCode), "Error.WrongCode", Event.Code);
            return Page();
        }

        Event.Open(clock.Now);
        Db.Audit(AuditAction.SigningOpened, Event);
        // The state first: from then on the ledger stores no practice signature, so none can be stored after the wiping.
        if (!await SaveAsync(Event.Revision))
            return Back("Done.StateChanged", "run");
        try
        {
            await ledger.WipeRehearsalAsync(Event.Id, User.AccountId(), AuditLine(AuditAction.RehearsalWiped));
            return Back(Counted > 0 ? "Done.OpenAgain" : "Done.Open", "run");
        }
        catch (LedgerUnavailableException)
        {
            // They do not count, but they are still there; opening again wipes them.
            return Back("Done.OpenNotWiped", "run");
        }
    }
}
