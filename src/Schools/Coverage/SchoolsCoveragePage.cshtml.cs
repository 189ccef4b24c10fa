using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Schools.Coverage;

/// <summary>
/// The schools of an organization and of those below it, class by class: its events, and how many of its pupils have signed at any of
/// them. A class without an event says so. Numbers alone.
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class SchoolsCoveragePage(DeskPageDependencies desk) : OrganizationPageModel(desk)
{
    /// <summary>A class; with <paramref name="Group"/> null a school as the sum of its classes.</summary>
    /// <param name="Events">
    /// In how many events it takes part, archived ones left out; of a school in how many any of its classes does.
    /// </param>
    /// <param name="Pupils">On its list; null where it has none.</param>
    /// <param name="Signed">Pupils who have signed at any of the events, each once an event.</param>
    public sealed record Row(ClassGroup? Group, int Events, int? Pupils, int Signed);

    public IReadOnlyList<(Organization School, Row Sum, IReadOnlyList<Row> Classes)> Schools { get; private set; } = [];

    /// <summary>With many classes the page has a row a school, which leads to the school's own page.</summary>
    public bool IsBySchool => FoldedSchool.In([.. Schools.Select(school => school.Classes.Count)]);

    /// <summary>Schools none of whose classes take part in an event.</summary>
    public int WithoutEvent => Schools.Count(school => school.Sum.Events == 0);

    public async Task OnGetAsync()
    {
        var path = Organization.Path;
        var schools = await Db.Organizations.AsNoTracking().Include(o => o.Classes)
            .Where(o => o.Kind == OrganizationKind.School && o.ArchivedAt == null && o.Path.StartsWith(path)).ToListAsync();
        var takingPart = await Db.Events.Where(e => e.ArchivedAt == null)
            .SelectMany(e => e.Classes, (e, c) => new { Event = e.Id, Class = c.Id }).ToListAsync();
        var ids = takingPart.Select(of => of.Event).Distinct().ToList();
        var signed = await Db.Pledges.AsNoTracking().Where(CountingRule.CountedPledge)
            .Where(p => p.Role == SignerRole.Student && !p.Rehearsal && p.ClassId != null && ids.Contains(p.EventId))
            .GroupBy(p => p.ClassId!.Value).Select(of => new { of.Key, Count = of.Count() })
            .ToDictionaryAsync(of => of.Key, of => of.Count);
        var lists = await Db.Roster.Where(pupil => pupil.LeftAt == null).GroupBy(pupil => pupil.ClassId)
            .Select(of => new { of.Key, Count = of.Count() }).ToDictionaryAsync(of => of.Key, of => of.Count);
        var events = takingPart.ToLookup(of => of.Class, of => of.Event);
        Schools = [.. schools.OrderBy(school => school.LocalizedName(), NameOrder.Instance).Select(Of)];

        (Organization, Row, IReadOnlyList<Row>) Of(Organization school)
        {
            var rows = school.CurrentClasses.Select(c => new Row(
                c, events[c.Id].Count(), lists.TryGetValue(c.Id, out var pupils) ? pupils : null, signed.GetValueOrDefault(c.Id))).ToList();
            return (school, new Row(null, school.Classes.SelectMany(c => events[c.Id]).Distinct().Count(),
                rows.Exists(row => row.Pupils is not null) ? rows.Sum(row => row.Pupils ?? 0) : null, rows.Sum(row => row.Signed)), rows);
        }
    }
}
