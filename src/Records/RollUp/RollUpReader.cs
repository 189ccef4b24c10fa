using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Records.RollUp;

/// <summary>An organization with the numbers of all that lies below it.</summary>
/// <param name="ParentId">The organization above; null at the top of what the account reaches.</param>
/// <param name="Depth">0 for the top of what the account reaches.</param>
/// <param name="Events">Its own, and others' in which its classes take part.</param>
/// <param name="Pupils">In classes whose size is known; 0 where none is.</param>
/// <param name="Signed">Of these pupils, each once however many events there were.</param>
/// <param name="Moved">Since when it lies where it does, and where it lay before; null where it never moved.</param>
public sealed record RollUpRow(
    int Id, int? ParentId, string Name, OrganizationKind Kind, int Depth, int Events, int People, int Families, int Pupils, int Signed,
    int InTime, int CountedInTime, IReadOnlyList<int> Channels, (DateTimeOffset At, string From)? Moved);

/// <summary>
/// Adds up the numbers of the organizations within the access scope, from the tallies alone: an organization counts its own events whole,
/// and its classes in the events of others. Schools without an event are there, with nothing.
/// </summary>
public sealed class RollUpReader(CampaignDb db, CampaignDbFactory dbFactory, TallyBoard tallies, ChannelCounts channels)
{
    private static readonly int ChannelsCount = Enum.GetValues<SigningChannel>().Length;

    public async Task<IReadOnlyList<RollUpRow>> ReadAsync(RollUpPeriod period, CancellationToken cancellationToken)
    {
        await channels.RefreshAsync(cancellationToken);
        var organizations = await db.Organizations.AsNoTracking()
            .Select(o => new Place(o.Id, o.Name, o.Kind, o.ParentId, o.Path, o.ArchivedAt != null)).ToListAsync(cancellationToken);
        var classes = await db.Classes.AsNoTracking().Select(c => new { c.Id, c.SchoolId, c.Expected }).ToListAsync(cancellationToken);
        var moves = (await db.Set<OrganizationMove>().AsNoTracking().ToListAsync(cancellationToken))
            .GroupBy(move => move.OrganizationId).ToDictionary(of => of.Key, of => of.OrderBy(move => move.At).Last());
        var schoolOf = classes.ToDictionary(c => c.Id, c => c.SchoolId);
        var above = AboveOf(organizations);
        var sums = organizations.ToDictionary(o => o.Id, _ => new Sums());
        var students = new Dictionary<int, int>();

        foreach (var e in await EventsAsync(period, schoolOf.Keys, cancellationToken))
        {
            var (totals, counted) = (tallies.Totals(e.Id), channels.Of(e.Id));
            var hosts = above.TryGetValue(e.OrganizationId, out var its) ? its : [];
            foreach (var host in hosts)
                sums[host].Add(e.Id, totals.People, totals.Families, counted);
            foreach (var classId in e.Classes)
            {
                var of = totals.ByClass.GetValueOrDefault(classId);
                students[classId] = Math.Max(students.GetValueOrDefault(classId), of.Students);
                var ofClass = counted.Where(count => count.ClassId == classId).ToList();
                foreach (var guest in above[schoolOf[classId]].Except(hosts))
                    sums[guest].Add(e.Id, of.People, of.Families, ofClass);
            }
        }
        foreach (var c in classes.Where(c => c.Expected > 0))
            foreach (var organization in above[c.SchoolId])
                sums[organization].AddCoverage(c.Expected!.Value, Math.Min(c.Expected.Value, students.GetValueOrDefault(c.Id)));
        return [.. InOrder(organizations).Where(row => !row.Place.IsArchived || sums[row.Place.Id].Events.Count > 0).Select(row =>
            sums[row.Place.Id].Row(row.Place, row.Depth, moves.GetValueOrDefault(row.Place.Id)))];
    }

    /// <summary>The period's events that lie within the scope, or in which one of its classes takes part, with these classes.</summary>
    private async Task<List<Held>> EventsAsync(RollUpPeriod period, IReadOnlyCollection<int> reached, CancellationToken cancellationToken)
    {
        var (begins, ends) = (period.Begins, period.Ends);
        var own = await db.Events.AsNoTracking().Where(e => e.StartsAt >= begins && e.StartsAt < ends)
            .Select(e => new { e.Id, e.OrganizationId }).ToListAsync(cancellationToken);
        await using var everything = dbFactory.Open(); // a class may take part in another organization's event
        var takingPart = (await everything.Events.Where(e => e.StartsAt >= begins && e.StartsAt < ends)
                .SelectMany(e => e.Classes, (e, c) => new { Event = e.Id, e.OrganizationId, Class = c.Id }).ToListAsync(cancellationToken))
            .Where(of => reached.Contains(of.Class)).ToList();
        var classes = takingPart.ToLookup(of => of.Event, of => of.Class);
        return [.. own.Select(e => (e.Id, e.OrganizationId)).Concat(takingPart.Select(of => (of.Event, of.OrganizationId))).Distinct()
            .Select(e => new Held(e.Item1, e.OrganizationId, [.. classes[e.Item1]]))];
    }

    /// <summary>Each organization's own id and those of all above it that are in reach.</summary>
    private static Dictionary<int, List<int>> AboveOf(List<Place> organizations)
    {
        var reached = organizations.Select(o => o.Id).ToHashSet();
        return organizations.ToDictionary(o => o.Id, o => o.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Where(reached.Contains).ToList());
    }

    private static IEnumerable<(Place Place, int Depth)> InOrder(List<Place> organizations)
    {
        var reached = organizations.Select(o => o.Id).ToHashSet();
        var byName = StringComparer.Create(CultureInfo.CurrentUICulture, CompareOptions.NumericOrdering);
        var below = organizations.OrderBy(o => o.Kind).ThenBy(o => o.Name, byName)
            .ToLookup(o => o.ParentId is { } parent && reached.Contains(parent) ? parent : 0);
        return Below(0, 0);

        IEnumerable<(Place, int)> Below(int parent, int depth) =>
            below[parent].SelectMany(o => Below(o.Id, depth + 1).Prepend((o, depth)));
    }

    private sealed record Place(int Id, string Name, OrganizationKind Kind, int? ParentId, string Path, bool IsArchived);

    private sealed record Held(int Id, int OrganizationId, IReadOnlyList<int> Classes);

    private sealed class Sums
    {
        private readonly int[] byChannel = new int[ChannelsCount];
        private int people, families, pupils, signed, inTime, countedInTime;

        public HashSet<int> Events { get; } = [];

        public void Add(int eventId, int morePeople, int moreFamilies, IReadOnlyList<ChannelCount> counted)
        {
            Events.Add(eventId);
            (people, families) = (people + morePeople, families + moreFamilies);
            foreach (var count in counted)
            {
                byChannel[(int)count.Channel] += count.People;
                (countedInTime, inTime) = (countedInTime + count.People, inTime + count.InTime);
            }
        }

        public void AddCoverage(int expected, int students) => (pupils, signed) = (pupils + expected, signed + students);

        public RollUpRow Row(Place of, int depth, OrganizationMove? move) => new(
            of.Id, depth == 0 ? null : of.ParentId, of.Name, of.Kind, depth, Events.Count, people, families, pupils, signed, inTime,
            countedInTime, byChannel, move is null ? null : (move.At, move.From));
    }
}
