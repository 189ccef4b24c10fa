using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Participations;

/// <summary>A class within the access scope that takes part, with how many have signed for it.</summary>
public sealed record ParticipatingClass(PublishedClass Class, int People, int Families);

/// <summary>An event that another organization holds, as far as an account of a participating school may know it.</summary>
/// <param name="Event">What the public sees of it.</param>
/// <param name="Classes">Those within the access scope, in their school's order; no other class of the event.</param>
public sealed record Participation(PublishedEvent Event, IReadOnlyList<ParticipatingClass> Classes)
{
    public int People => Classes.Sum(c => c.People);
}

/// <summary>
/// The events of other organizations in which classes within an account's access scope take part. The access scope hides these events, so
/// they are read by the program's own; and of each nothing is handed out but what the public sees and the counts of the classes within the
/// access scope.
/// </summary>
public sealed class ParticipationReader(CampaignDbFactory dbFactory, PublishedEvents published, TallyBoard board, TimeProvider time)
{
    /// <summary>Most events that the first page lists.</summary>
    public const int MaxListed = 12;

    /// <summary>What comes next first, then what is past, the latest first; archived ones left out.</summary>
    public async Task<IReadOnlyList<Participation>> ListAsync(AccessScope accessScope, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var now = time.GetUtcNow();
        var found = Within(db, accessScope).Where(e => e.ArchivedAt == null);
        var ids = await found.Where(e => e.EndsAt >= now).OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Select(e => e.Id).Take(MaxListed)
            .ToListAsync(cancellationToken);
        if (ids.Count < MaxListed)
            ids.AddRange(await found.Where(e => e.EndsAt < now).OrderByDescending(e => e.StartsAt).ThenByDescending(e => e.Id)
                .Select(e => e.Id).Take(MaxListed - ids.Count).ToListAsync(cancellationToken));
        var own = await OwnAsync(db, ids, accessScope, cancellationToken);
        var listed = new List<Participation>(ids.Count);
        foreach (var id in ids)
            if (await ReadAsync(id, own, cancellationToken) is { } participation)
                listed.Add(participation);
        return listed;
    }

    /// <summary>
    /// The event of a code; null where there is none that another organization holds with a class within the access scope.
    /// </summary>
    public async Task<Participation?> FindAsync(string code, AccessScope accessScope, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var found = Within(db, accessScope).Where(e => e.Code == code).Select(e => (int?)e.Id);
        return await found.SingleOrDefaultAsync(cancellationToken) is { } id
            ? await ReadAsync(id, await OwnAsync(db, [id], accessScope, cancellationToken), cancellationToken)
            : null;
    }

    /// <summary>A draft that is not published yet is its own organization's alone.</summary>
    private static IQueryable<CampaignEvent> Within(CampaignDb db, AccessScope accessScope)
    {
        var path = accessScope.Path ?? throw new InvalidOperationException("The program itself takes part in nothing.");
        return db.Events.AsNoTracking().Where(e => (e.IsPublished || e.State != EventState.Draft)
            && !e.Organization.Path.StartsWith(path) && e.Classes.Any(c => c.School.Path.StartsWith(path)));
    }

    /// <summary>The classes within the access scope that take part, by event.</summary>
    private static async Task<ILookup<int, int>> OwnAsync(
        CampaignDb db, IReadOnlyCollection<int> ids, AccessScope accessScope, CancellationToken cancellationToken) =>
        (await db.Events.Where(e => ids.Contains(e.Id)).SelectMany(e => e.Classes, (e, c) => new { Event = e.Id, Class = c })
            .Where(of => of.Class.School.Path.StartsWith(accessScope.Path!)).Select(of => new { of.Event, of.Class.Id })
            .ToListAsync(cancellationToken)).ToLookup(of => of.Event, of => of.Id);

    private async Task<Participation?> ReadAsync(int id, ILookup<int, int> own, CancellationToken cancellationToken)
    {
        if (await published.FindAsync(id, cancellationToken) is not { } e)
            return null;
        var counts = board.ExactSnapshot(e).ByClass.ToDictionary(c => c.ClassId);
        return new Participation(e.Localized(), [.. e.Localized().Classes.Where(c => own[id].Contains(c.Id))
            .Select(c => new ParticipatingClass(c, counts[c.Id].People ?? 0, counts[c.Id].Families ?? 0))]);
    }
}
