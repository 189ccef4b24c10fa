using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Schools.Rosters.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Rosters.List;

/// <summary>
/// The pupils of one class: read and printed by those who may see names, kept by organizers. Each showing leaves a line in the audit log.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class ClassRosterPage(
    DeskPageDependencies desk, PledgeLedger ledger, PledgeClassUpdater pledges, TimeProvider time, IStringLocalizer<RostersText> localizer)
    : SchoolPageModel(desk)
{
    private string storedList = "";

    /// <summary>Of a form that was sent: until it is saved or refused. The lists of a school are saved one after the other.</summary>
    private IDbContextTransaction? transaction;

    [BindProperty(SupportsGet = true)]
    public int ClassId { get; set; }

    /// <summary>How the list stood when the page was shown, see <see cref="RosterFingerprints"/>.</summary>
    [BindProperty]
    public string? SeenList { get; set; }

    /// <summary>By pupil, as typed.</summary>
    [BindProperty(Name = nameof(Seats))]
    public Dictionary<int, string?> Seats { get; set; } = [];

    /// <summary>By pupil, as typed.</summary>
    [BindProperty(Name = nameof(Names))]
    public Dictionary<int, string?> Names { get; set; } = [];

    /// <summary>Of the pupil who is added.</summary>
    [BindProperty]
    public string? NewSeat { get; set; }

    [BindProperty]
    public string? NewName { get; set; }

    public ClassGroup Group { get; private set; } = null!;

    /// <summary>By seat and name, those who have left at the end.</summary>
    public IReadOnlyList<RosterEntry> Pupils { get; private set; } = [];

    public IEnumerable<RosterEntry> OnList => RosterRule.OnListOf(Pupils);

    public IEnumerable<ClassGroup> OtherClasses => School.CurrentClasses.Where(group => group != Group);

    /// <summary>The school of the class; a class of another is answered with 404.</summary>
    protected override IQueryable<Organization> With(IQueryable<Organization> organizations) =>
        base.With(organizations).Where(school => school.Classes.Any(group => group.Id == ClassId));

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            await using var held = HttpMethods.IsPost(Request.Method)
                ? await Db.Database.BeginTransactionAsync(HttpContext.RequestAborted) : null;
            if (held is not null && !await TryHoldAsync())
            {
                context.Result = NotFound();
                return new PageHandlerExecutedContext(PageContext, context.Filters, context.HandlerMethod, context.HandlerInstance);
            }
            transaction = held;
            await FindAsync();
            return await next();
        });

    public Task<IActionResult> OnGetAsync()
    {
        SeenList = storedList;
        return ShowAsync();
    }

    /// <summary>Seats and names of all who are on the list, as they were typed.</summary>
    public async Task<IActionResult> OnPostSaveAsync()
    {
        ApplyTyped();
        var changed = Db.ChangeTracker.Entries<RosterEntry>().Count(entry => entry.State == EntityState.Modified);
        return await SaveAsync("Saved", changed);
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        ModelState.Clear();
        ApplyTyped();
        var problem = PersonName.TryRead(NewName, out var name);
        if (problem != NameProblem.None)
            ModelState.AddModelError(nameof(NewName), localizer["Error.NewName", localizer[$"Name.{problem}"].Value]);
        if (TryReadSeat(NewSeat, nameof(NewSeat), out var seat) && seat is not null && OnList.Any(entry => entry.Seat == seat))
            ModelState.AddModelError(nameof(NewSeat), localizer["Error.SeatTwice", seat]);
        if (OnList.Count() >= ClassGroup.MaxPupils)
            ModelState.AddModelError("", localizer["Error.Full", ClassGroup.MaxPupils]);
        if (Group.MergedIntoId is not null)
            ModelState.AddModelError("", localizer["Error.Merged"]);
        if (ModelState.IsValid)
        {
            var entry = new RosterEntry(Group, seat, name, time.GetUtcNow());
            Db.Roster.Add(entry);
            Pupils = [.. Pupils, entry];
        }
        return await SaveAsync("Added", 1);
    }

    public Task<IActionResult> OnPostLeaveAsync(int pupil) => ChangeAsync(pupil, "Left", entry => entry.Leave(time.GetUtcNow()));

    public Task<IActionResult> OnPostReturnAsync(int pupil) => ChangeAsync(pupil, "Returned", entry =>
    {
        if (OnList.Count() >= ClassGroup.MaxPupils)
            ModelState.AddModelError("", localizer["Error.Full", ClassGroup.MaxPupils]);
        entry.Return(time.GetUtcNow());
        if (OnList.Any(other => other != entry && other.Seat == entry.Seat))
            entry.SitAt(null);
    });

    /// <summary>To another class of the school; what was signed goes along where signing has not ended.</summary>
    public async Task<IActionResult> OnPostMoveAsync(int pupil, int to)
    {
        ModelState.Clear();
        if (OtherClasses.FirstOrDefault(group => group.Id == to) is not { } target)
        {
            ModelState.AddModelError(nameof(to), localizer["Error.NoClass"]);
            return await RefuseAsync();
        }
        var there = await Db.Roster.Where(entry => entry.ClassId == to).ToListAsync(HttpContext.RequestAborted);
        return await ChangeAsync(pupil, "Moved", entry =>
        {
            if (RosterRule.OnListOf(there).Count() >= ClassGroup.MaxPupils)
                ModelState.AddModelError("", localizer["Error.Full", ClassGroup.MaxPupils]);
            var isTaken = RosterRule.OnListOf(there).Any(other => other.Seat == entry.Seat);
            entry.MoveTo(target, isTaken ? null : entry.Seat, time.GetUtcNow());
            Pupils = [.. Pupils.Where(other => other != entry)];
            if (ModelState.IsValid)
                RosterRule.SetExpected(target, there.Append(entry), time.GetUtcNow());
        });
    }

    /// <summary>The name goes from the store. Who has signed stays, so that no pledge is left without its pupil.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(int pupil)
    {
        if (Pupils.All(entry => entry.Id != pupil)) // of another class, of which nothing is told here
            return await ChangeAsync(pupil, "Deleted", _ => { });
        var cancellationToken = HttpContext.RequestAborted;
        await Db.HoldLedgerAsync(cancellationToken); // nothing is signed between the look and the deletion
        // At any event, of whatever organization; by the index over signers on a list.
        if (await Db.Pledges.IgnoreQueryFilters().AnyAsync(pledge => pledge.RosterEntryId == pupil, cancellationToken))
            ModelState.AddModelError("", localizer["Error.Signed"]);
        return await ChangeAsync(pupil, "Deleted", entry =>
        {
            Db.Roster.Remove(entry);
            Pupils = [.. Pupils.Where(other => other != entry)];
        });
    }

    /// <summary>
    /// Raises the school's revision, which holds its row until the transaction ends; what is read from here on stays so. False where the
    /// class has been removed meanwhile.
    /// </summary>
    private async Task<bool> TryHoldAsync()
    {
        await Db.HoldOrganizationAsync(School.Id, HttpContext.RequestAborted);
        try
        {
            await ReadAgainAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private async Task FindAsync()
    {
        Group = School.Classes.Single(group => group.Id == ClassId);
        var pupils = await Db.Roster.Where(entry => entry.ClassId == ClassId).ToListAsync(HttpContext.RequestAborted);
        Pupils = [.. pupils.OrderBy(entry => entry.LeftAt is not null).ThenBy(entry => entry.Seat ?? int.MaxValue)
            .ThenBy(entry => entry.Name, NameOrder.Instance)];
        storedList = RosterFingerprints.Of(Group, Pupils);
    }

    /// <summary>
    /// Names and seats as they were typed, those that were sent: all of them with the button that saves, and with any other what had
    /// been changed when it was pressed, which the page's script sends along.
    /// </summary>
    private void ApplyTyped()
    {
        foreach (var entry in OnList)
        {
            if (Names.TryGetValue(entry.Id, out var typed))
            {
                var problem = PersonName.TryRead(typed, out var name);
                if (problem != NameProblem.None)
                    ModelState.AddModelError($"Names[{entry.Id}]", localizer["Error.Name", entry.Name, localizer[$"Name.{problem}"].Value]);
                else if (name != entry.Name)
                    entry.Rename(name);
            }
            if (Seats.TryGetValue(entry.Id, out var typedSeat) && TryReadSeat(typedSeat, $"Seats[{entry.Id}]", out var seat)
                && seat != entry.Seat)
                entry.SitAt(seat);
        }
        foreach (var twice in OnList.Where(entry => entry.Seat is not null).GroupBy(entry => entry.Seat).Where(same => same.Count() > 1))
            ModelState.AddModelError($"Seats[{twice.Last().Id}]", localizer["Error.SeatTwice", twice.Key!]);
    }

    private bool TryReadSeat(string? typed, string field, out int? seat)
    {
        seat = string.IsNullOrWhiteSpace(typed) ? null : RosterReader.SeatOf(typed);
        if (seat is not null || string.IsNullOrWhiteSpace(typed))
            return true;
        ModelState.AddModelError(field, localizer["Error.Seat", typed.Trim(), RosterEntry.MaxSeat]);
        return false;
    }

    private async Task<IActionResult> ChangeAsync(int pupil, string done, Action<RosterEntry> change)
    {
        ApplyTyped();
        if (Pupils.FirstOrDefault(entry => entry.Id == pupil) is not { } entry)
            ModelState.AddModelError("", localizer["Error.Gone"]);
        else if (ModelState.IsValid)
            change(entry);
        return await SaveAsync(done, 1);
    }

    private async Task<IActionResult> SaveAsync(string done, int changed)
    {
        if (!ModelState.IsValid)
            return await RefuseAsync();
        if (SeenList != storedList)
        {
            ModelState.AddModelError("", DeskLocalizer["Error.OrganizationOvertaken"]);
            SeenList = null;
            return await RefuseAsync();
        }
        RosterRule.SetExpected(Group, Pupils, time.GetUtcNow());
        Db.Audit(AuditAction.RosterChanged, School, changed).ClassId = Group.Id;
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        await transaction!.CommitAsync(CancellationToken.None);
        ledger.NoteErasure(); // the former name, or the one that is deleted, lies in the database's log
        var school = School.Id;
        await Published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == school));
        await pledges.FollowSavedAsync(school, Db.AccessScope);
        Done = localizer[$"Done.{done}", changed];
        return RedirectToPage();
    }

    /// <summary>The list as it is stored; what was typed stands in the form's fields.</summary>
    private async Task<IActionResult> RefuseAsync()
    {
        await transaction!.RollbackAsync(); // before anything is read and shown: others wait for it
        await ReadAgainAsync();
        await FindAsync();
        SeenList ??= storedList; // who was overtaken has been told: saving again then succeeds
        return await ShowAsync();
    }

    /// <summary>On disk before the page is sent: no names without a line of the audit log.</summary>
    private async Task<IActionResult> ShowAsync()
    {
        if (Pupils.Count > 0)
        {
            var line = Db.Audit(AuditAction.NamesViewed, School, Pupils.Count);
            (line.Reason, line.ClassId) = (AuditReason.RosterList, Group.Id);
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
        }
        return Page();
    }

    /// <summary>What the field shows: as typed where it was refused, else what is stored.</summary>
    public string? ShownSeat(RosterEntry entry) =>
        Seats.TryGetValue(entry.Id, out var typed) ? typed : entry.Seat?.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ShownSeat"/>
    public string? ShownName(RosterEntry entry) => Names.TryGetValue(entry.Id, out var typed) ? typed : entry.Name;
}
