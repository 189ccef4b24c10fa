using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassLinks;

/// <summary>What the links of classes open. Looked up at every request, so that a link that was revoked ends with the next one.</summary>
/// <param name="gate">Reads them for whoever has no account.</param>
/// <param name="events">What they open.</param>
/// <param name="clock">By which they expire: a link must not end before its event because a clock is wrong.</param>
public sealed class ClassLinkAccess(StoreGate gate, PublishedEvents events, ClockCheck clock)
{
    /// <summary>The link of a secret, open or not; null for a secret that no link has.</summary>
    public async Task<ClassLink?> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (secret is not { Length: LinkSecret.Length })
            return null;
        var hash = LinkSecret.HashOf(secret);
        return await gate.ReadAsync(
            (db, cancelled) => db.ClassLinks.AsNoTracking().SingleOrDefaultAsync(link => link.SecretHash == hash, cancelled),
            cancellationToken);
    }

    /// <summary>The same where it opens anything now.</summary>
    public async Task<ClassLink?> FindOpenAsync(string? secret, CancellationToken cancellationToken) =>
        await FindAsync(secret, cancellationToken) is { } link && IsOpen(link) ? link : null;

    public bool IsOpen(ClassLink link) => link.IsOpenAt(clock.Now);

    /// <summary>The events of a link in which its class takes part, in the order of their days.</summary>
    public async Task<IReadOnlyList<PublishedEvent>> EventsAsync(ClassLink link, CancellationToken cancellationToken)
    {
        List<int> ids = link.EventId is { } only
            ? [only]
            : await gate.ReadAsync((db, cancelled) => db.Events.AsNoTracking()
                .Where(e => e.CampaignId == link.CampaignId && e.ArchivedAt == null && e.Classes.Any(c => c.Id == link.ClassId))
                .OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Select(e => e.Id).ToListAsync(cancelled), cancellationToken);
        var found = new List<PublishedEvent>();
        foreach (var id in ids)
            if (await events.FindAsync(id, cancellationToken) is { } e && e.ClassOf(link.ClassId) is not null)
                found.Add(e.Localized());
        return found;
    }

    /// <summary>The event of a code among those of a link; without a code the only one there is. Null where it is none of them.</summary>
    public async Task<PublishedEvent?> EventOfAsync(ClassLink link, string? code, CancellationToken cancellationToken)
    {
        var all = await EventsAsync(link, cancellationToken);
        if (string.IsNullOrEmpty(code))
            return all.Count == 1 ? all[0] : null;
        return EventCode.TryParse(code, out var known) ? all.FirstOrDefault(e => e.Code == known) : null;
    }
}
