using System.Collections.Concurrent;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Host;

/// <summary>
/// The audit log's lines about names on a host's page. The page asks every second, so a line is written for names that this host
/// has not been shown before, and counts those alone; after a restart of the program they are counted once more.
/// </summary>
public sealed class ShownToHosts(AuditLog audit)
{
    private readonly ConcurrentDictionary<(int EventId, AuditActor By), HashSet<long>> shown = new();

    /// <summary>On disk when it returns: names are not sent before.</summary>
    /// <param name="eventId">The event's row.</param>
    /// <param name="by">The host.</param>
    /// <param name="names">The sequence numbers of the pledges whose names are about to be shown.</param>
    public async Task NoteAsync(int eventId, AuditActor by, IReadOnlyCollection<long> names)
    {
        var before = shown.GetOrAdd((eventId, by), _ => []);
        List<long> added;
        lock (before)
            added = [.. names.Where(name => !before.Contains(name))];
        if (added.Count == 0)
            return;
        await audit.WriteAsync(db => db.AuditEvent(AuditAction.NamesViewed, eventId, by, AuditReason.StageNames, added.Count));
        lock (before)
            before.UnionWith(added);
    }
}
