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
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Classes;

/// <summary>Chooses which classes of the schools within the access scope take part.</summary>
[Authorize(Policy = Policies.Organize)]
// A district has more classes than a form may have fields by default.
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class EventClassesPage(DeskPageDependencies desk, IStringLocalizer<EventsText> localizer, TallyBoard board)
    : EventPageModel(desk)
{
    /// <summary>Most of <see cref="WithoutClasses"/> that are named; a district may have hundreds.</summary>
    public const int MaxNamed = 12;

    /// <summary>The ids of the ticked classes.</summary>
    [BindProperty]
    public List<int> Invited { get; set; } = [];

    /// <summary>The ticks differ from what is stored.</summary>
    public bool Unsaved { get; private set; }

    public List<Organization> Schools { get; private set; } = [];

    /// <summary>Those that could take part once they have classes.</summary>
    public List<Organization> WithoutClasses { get; private set; } = [];

    /// <summary>By <see cref="Organization.Id"/>: two schools may have one name.</summary>
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();

    private int? unfolded;

    /// <summary>People who have signed, by class: such a class stays.</summary>
    public IReadOnlyDictionary<int, int> Signed { get; private set; } = new Dictionary<int, int>();

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Classes);

    public async Task OnGetAsync()
    {
        SeenRevision = Event.Revision;
        Invited = [.. Event.Classes.Select(c => c.Id)];
        await LoadSchoolsAsync();
    }

    /// <summary>Ticks all classes of a school, or none when all were; saves nothing.</summary>
    public async Task OnPostSchoolAsync(int school)
    {
        await LoadSchoolsAsync();
        Toggle(Schools.Where(s => s.Id == school).SelectMany(ClassesOf));
    }

    /// <summary>The same for the classes that stand under one heading in their school.</summary>
    /// <param name="like">The id of one of them.</param>
    public async Task OnPostGradeAsync(int like)
    {
        await LoadSchoolsAsync();
        var school = Schools.Find(s => s.Classes.Exists(c => c.Id == like));
        unfolded = school?.Id;
        var heading = school?.Classes.Find(c => c.Id == like)!.Name.HeadingIn(CultureInfo.CurrentUICulture);
        Toggle((school is null ? [] : ClassesOf(school)).Where(c => c.Name.HeadingIn(CultureInfo.CurrentUICulture) == heading));
    }

    /// <summary>As the school lists them, without those that were merged into another, unless they take part.</summary>
    public List<ClassGroup> ClassesOf(Organization school) =>
        [.. school.ClassesInOrder.Where(c => c.MergedIntoId is null || Event.Classes.Contains(c))];

    /// <summary>Whether the page shows the school's classes, or one line that unfolds.</summary>
    public bool IsUnfolded(Organization school) =>
        Schools.Count == 1 || school.Id == unfolded || Schools.Sum(s => s.Classes.Count) <= ClassFolding.MaxUnfolded;

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadSchoolsAsync();
        var kept = KeepSigned();
        if (kept.Count > 0)
        {
            ModelState.AddModelError("", localizer["Error.ClassHasSigned", string.Join(localizer["ListComma"], kept)]);
            return Page();
        }
        Event.Invite([.. Schools.SelectMany(s => s.Classes).Where(c => Invited.Contains(c.Id))]);
        Db.Audit(AuditAction.EventClassesChosen, Event, count: Event.Classes.Count);
        return await SaveAsync(SeenRevision) ? Back("Done.Classes", "prepare") : await OvertakenAsync();
    }

    private void Toggle(IEnumerable<ClassGroup> which)
    {
        var classes = which.Select(c => c.Id).ToList();
        Invited = classes.TrueForAll(Invited.Contains) ? [.. Invited.Except(classes)] : [.. Invited.Union(classes)];
        KeepSigned();
        Unsaved = true;
    }

    private async Task LoadSchoolsAsync()
    {
        var invited = Event.Classes.ConvertAll(c => c.SchoolId);
        var unarchived = await Db.FindUnarchivedAsync();
        var schools = (await Db.Organizations.Where(o => o.Kind == OrganizationKind.School)
            .Where(o => invited.Contains(o.Id) || unarchived.Any(open => open.Id == o.Id))
            .Include(o => o.Classes).Include(o => o.Parent).ToListAsync()).OrderBy(o => o.Name, NameOrder.Instance).ThenBy(o => o.Id)
            .ToLookup(o => o.Classes.Count > 0);
        (Schools, WithoutClasses) = ([.. schools[true]], [.. schools[false]]);
        Names = SchoolNames.Of([.. Schools, .. WithoutClasses], EventLanguageExtensions.LocalizedName);
        // Signatures of a rehearsal are wiped anyway and hold nothing.
        if (Event.State is EventState.Open or EventState.Closed && await Published.FindAsync(Event.Id) is { } seen)
            Signed = board.ExactSnapshot(seen).ByClass.Where(c => c.People > 0).ToDictionary(c => c.ClassId, c => c.People!.Value);
    }

    /// <summary>Ticks again the classes that have signed; the names of those that had been unticked.</summary>
    private List<string> KeepSigned()
    {
        var missing = Event.Classes.Where(c => Signed.ContainsKey(c.Id) && !Invited.Contains(c.Id)).ToList();
        Invited.AddRange(missing.Select(c => c.Id));
        return [.. missing.Select(c => $"{Names[c.SchoolId]} {c.LocalizedName()}")];
    }
}
