using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Delete;

/// <summary>
/// Deletes an event for ever: a draft or a rehearsed one at once, one that was signed only after its campaign's names have been
/// erased. It names what goes, and asks for the event's code.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed partial class DeleteEventPage(
    DeskPageDependencies desk, IStringLocalizer<ArchivingText> localizer, IStringLocalizer<EventsText> labels, PledgeLedger ledger,
    EventSequences sequences, TimeProvider time, ILogger<DeleteEventPage> log) : EventPageModel(desk)
{
    public sealed record DeleteForm
    {
        public string? TypedCode { get; init; }
    }

    [BindProperty]
    public DeleteForm Form { get; set; } = new();

    /// <summary>Why it cannot be deleted now; null where it can.</summary>
    public DeletionObstacle? Obstacle { get; private set; }

    /// <summary>What goes with it, and how many of it; what there is none of is left out.</summary>
    public IReadOnlyList<(string What, int Count)> Goes { get; private set; } = [];

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) =>
        events.Include(e => e.Scenes).Include(e => e.Campaign.Rules);

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Obstacle is not null)
            return Page(); // which says why
        if (!(EventCode.TryParse(Form.TypedCode, out var typed) && typed == Event.Code))
        {
            Reader(localizer, nameof(Form), "Field", labels).Refuse(nameof(Form.TypedCode), "Error.WrongCode", Event.Code);
            return Page();
        }
        try
        {
            if (!await WipeAsync())
                return Back("Done.StateChanged");
            var line = AuditLine(AuditAction.EventDeleted);
            line.Subject = Event.Title;
            if (!await ledger.DeleteEventAsync(Event.Id, Event.Revision, User.AccountId(), line))
                return Back("Done.StateChanged");
        }
        catch (LedgerUnavailableException)
        {
            ModelState.AddModelError("", localizer["Error.Unavailable"]);
            return Page();
        }
        Published.Remove(Event.Id);
        LogEventDeleted(User.AccountId(), Event.Id);
        Done = labels["Events.Deleted", Event.LocalizedTitle()];
        return Redirect(DeskRoutes.Home);
    }

    /// <summary>
    /// Ends the rehearsal first, from when on the ledger takes no practice; then wipes what there is as an act of its own, which the
    /// list of erasures knows by the event's code: so it is wiped as well in an older copy of the database that is restored.
    /// </summary>
    /// <returns>False where the event has been changed meanwhile.</returns>
    private async Task<bool> WipeAsync()
    {
        if (Event.State == EventState.Rehearsal)
        {
            Event.EndRehearsal();
            Db.Audit(AuditAction.EventEdited, Event);
            if (!await SaveAsync(Event.Revision))
                return false;
        }
        await ledger.WipeRehearsalAsync(Event.Id, User.AccountId(), AuditLine(AuditAction.RehearsalWiped));
        return true;
    }

    private async Task LoadAsync()
    {
        var all = sequences.PledgesOf(Db.Pledges, Event.Id);
        var signed = all.Where(p => !p.Rehearsal);
        var films = Event.Scenes.Select(s => s.Settings.Film).OfType<string>().Distinct().Count();
        Obstacle = Event.ObstacleToDeletion(await signed.AnyAsync(), time.GetUtcNow());
        if (Obstacle is not null)
            return;
        (string What, int Count)[] parts =
        [
            ("Scenes", Event.Scenes.Count),
            ("Films", films),
            ("HostLinks", await Db.HostLinks.CountAsync(l => l.EventId == Event.Id)),
            ("ClassLinks", await Db.ClassLinks.CountAsync(l => l.EventId == Event.Id)),
            ("Slips", await Db.Slips.CountAsync(s => s.EventId == Event.Id)),
            ("Pictures", await Db.Pictures.CountAsync(p => p.EventId == Event.Id)),
            ("ReportPhotos", await Db.ReportPhotos.CountAsync(p => p.EventId == Event.Id)),
            ("ReportWords", await Db.ReportVersions.CountAsync(v => v.EventId == Event.Id)),
            ("Practice", await all.CountAsync(p => p.Rehearsal)),
            ("Records", await signed.CountAsync()),
        ];
        Goes = [.. parts.Where(part => part.Count > 0)];
    }

    [LoggerMessage(1908, LogLevel.Information, "Account {AccountId} deleted event {EventId}")]
    private partial void LogEventDeleted(int accountId, int eventId);
}
