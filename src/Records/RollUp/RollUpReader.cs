using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
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
/// and its classes in the events of others. Each event counts where its organization and schools lay when it began
/// (<see cref="OrganizationPlaces"/>), and each class has the pupils that it had then (<see cref="ClassSizes"/>). Schools without an
/// event are there, with nothing.
/// </summary>
public sealed class RollUpReader(
    CampaignDb db, CampaignDbFactory dbFactory, TallyBoard tallies, ChannelCounts channels, TimeProvider time)
{
    private static readonly int ChannelsCount = Enum.GetValues<SigningChannel>().Length;

    public async Task<IReadOnlyList<RollUpRow>> ReadAsync(RollUpPeriod period, CancellationToken cancellationToken)
    {
        await channels.RefreshAsync(cancellationToken);
        var organizations = (await db.Organizations.AsNoTracking().ToListAsync(cancellationToken))
            .ConvertAll(o => new Place(o.Id, o.LocalizedName(), o.Kind, o.ParentId, o.Path, o.ArchivedAt is not null));
        var classes = await db.Classes.AsNoTracking().Select(c => new SizedClass(c.Id, c.SchoolId, c.Expected, c.MergedIntoId))
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var sizes = await ClassSizes.ReadAsync(db, period, now, cancellationToken);
        await using var everything = dbFactory.Open(); // what was moved away since, and events of others in which a class takes part
        var moves = (await everything.OrganizationMoves.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(m => m.OrganizationId);
        var places = new OrganizationPlaces(await everything.Organizations.Select(o => new { o.Id, o.ParentId })
            .ToDictionaryAsync(o => o.Id, o => o.ParentId, cancellationToken), moves);
        var sums = organizations.ToDictionary(o => o.Id, _ => new Sums());
        var students = classes.ToDictionary(c => c.Id, _ => 0);

        foreach (var e in await EventsAsync(everything, period, now, cancellationToken))
        {
            var hosts = Reached(e.OrganizationId, e.At);
            var guests = e.Classes.Select(c => (c.Id, Above: Reached(c.SchoolId, e.At).Except(hosts).ToList()))
                .Where(c => c.Above.Count > 0 || students.ContainsKey(c.Id)).ToList();
            if (hosts.Count == 0 && guests.Count == 0)
                continue;
            var (totals, counted) = (tallies.Totals(e.Id), channels.Of(e.Id));
            foreach (var host in hosts)
                sums[host].Add(e.Id, totals.People, totals.Families, counted);
            foreach (var (classId, guestsAbove) in guests)
            {
                var of = totals.ByClass.GetValueOrDefault(classId);
                if (students.TryGetValue(classId, out var before))
                {
                    students[classId] = Math.Max(before, of.Students);
                    sizes.TookPart(classId, e.EndedAt);
                }
                var ofClass = guestsAbove.Count == 0 ? [] : counted.Where(count => count.ClassId == classId).ToList();
                foreach (var guest in guestsAbove)
                    sums[guest].Add(e.Id, of.People, of.Families, ofClass);
            }
        }
        var afterEveryMove = DateTimeOffset.MaxValue; // pupils count where their school lies now
        foreach (var (c, pupils) in classes.Select(c => (Class: c, Pupils: sizes.Of(c))).Where(sized => sized.Pupils > 0))
            foreach (var organization in Reached(c.SchoolId, afterEveryMove))
                sums[organization].AddCoverage(pupils!.Value, Math.Min(pupils.Value, students[c.Id]));
        return [.. InOrder(organizations).Where(row => !row.Place.IsArchived || sums[row.Place.Id].Events.Count > 0).Select(row =>
            sums[row.Place.Id].Row(row.Place, row.Depth, moves[row.Place.Id].MaxBy(move => move.At)))];

        List<int> Reached(int organization, DateTimeOffset at) =>
            [.. places.AboveAt(organization, at).Where(sums.ContainsKey)];
    }

    /// <summary>All events of the period that were held, with the classes that take part: signing was open at one time.</summary>
    private static async Task<List<Held>> EventsAsync(
        CampaignDb everything, RollUpPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (begins, ends) = (period.Begins, period.Ends);
        var events = everything.Events.AsNoTracking()
            .Where(e => e.StartsAt >= begins && e.StartsAt < ends && e.OpenedAt != null);
        var classes = (await events.SelectMany(e => e.Classes, (e, c) => new { Event = e.Id, Class = new TakingPart(c.Id, c.SchoolId) })
            .ToListAsync(cancellationToken)).ToLookup(of => of.Event, of => of.Class);
        var held = await events.Select(e => new { e.Id, e.OrganizationId, e.StartsAt, e.State, e.ClosedAt, e.HomeSigningUntil })
            .ToListAsync(cancellationToken);
        return held.ConvertAll(e => new Held(e.Id, e.OrganizationId, e.StartsAt,
            CampaignEvent.SigningEndedAt(e.State, e.ClosedAt, e.HomeSigningUntil, now), [.. classes[e.Id]]));
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

    /// <param name="EndedAt">When signing ended; null while it has not.</param>
    private sealed record Held(int Id, int OrganizationId, DateTimeOffset At, DateTimeOffset? EndedAt, IReadOnlyList<TakingPart> Classes);

    private sealed record TakingPart(int Id, int SchoolId);

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
