using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// How the stages stand, kept in memory for the screens that ask. Who changes a stage says so through
/// <see cref="Changed"/>; what another node changes is found by its version.
/// </summary>
public sealed class PublishedStages(CampaignDbFactory dbFactory, NodeMessageBus messageBus)
{
    private readonly ConcurrentDictionary<int, StageState> known = new();

    /// <summary>Raised after an event's stage has changed.</summary>
    public event Action<StageState>? Changed;

    /// <summary>How an event's stage stands; one that no host has touched yet has version 0. Read it, never act on it.</summary>
    public async ValueTask<StageState> FindAsync(int eventId, CancellationToken cancellationToken = default)
    {
        if (known.TryGetValue(eventId, out var stage))
            return stage;
        await using var db = dbFactory.Open();
        return Keep(await db.Stages.AsNoTracking().SingleOrDefaultAsync(s => s.EventId == eventId, cancellationToken) ?? new StageState(eventId));
    }

    /// <summary>Takes over how a stage stands after an act, and tells screens and the other nodes.</summary>
    public void Tell(StageState stage)
    {
        Changed?.Invoke(Keep(stage));
        messageBus.Publish(NodeMessageTopic.Stages);
    }

    /// <summary>Reads anew what another node has changed.</summary>
    public async Task LoadRemoteChangesAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var watched = known.Keys.ToList();
        var versions = await db.Stages.Where(s => watched.Contains(s.EventId)).Select(s => new { s.EventId, s.Version }).ToListAsync(cancellationToken);
        foreach (var now in versions)
            if (known.TryGetValue(now.EventId, out var before) && before.Version < now.Version)
                Changed?.Invoke(Keep(await db.Stages.AsNoTracking().SingleAsync(s => s.EventId == now.EventId, cancellationToken)));
    }

    /// <summary>Two readers may race; the newer state must win.</summary>
    private StageState Keep(StageState stage) =>
        known.AddOrUpdate(stage.EventId, stage, (_, before) => before.Version > stage.Version ? before : stage);
}
