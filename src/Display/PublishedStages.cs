using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Nodes;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// The states of stages, cached for the screens that ask. Whatever changes a stage raises
/// <see cref="Changed"/>; what another node changes is found by its version.
/// </summary>
public sealed class PublishedStages(CampaignDbFactory dbFactory, StoreGate gate, NodeMessageBus messageBus)
{
    private readonly ConcurrentDictionary<int, StageState> known = new();
    private readonly SingleFlight<int, StageState> reading = new();

    /// <summary>Raised after an event's stage has changed.</summary>
    public event Action<StageState>? Changed;

    /// <summary>The state of an event's stage; version 0 where no host has acted yet. Shared: read it, do not change it.</summary>
    public async ValueTask<StageState> FindAsync(int eventId, CancellationToken cancellationToken = default) =>
        known.TryGetValue(eventId, out var stage) ? stage : await reading.ReadAsync(eventId, ReadFirstAsync, cancellationToken);

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
        var versions = await db.Stages.Where(s => watched.Contains(s.EventId)).Select(s => new { s.EventId, s.Version })
            .ToListAsync(cancellationToken);
        foreach (var now in versions)
            if (known.TryGetValue(now.EventId, out var before) && before.Version < now.Version)
                Changed?.Invoke(Keep(await db.Stages.AsNoTracking().SingleAsync(s => s.EventId == now.EventId, cancellationToken)));
    }

    private async Task<StageState> ReadFirstAsync(int eventId) => Keep(await gate.ReadAsync(
        (db, cancellationToken) => db.Stages.AsNoTracking().SingleOrDefaultAsync(s => s.EventId == eventId, cancellationToken),
        CancellationToken.None) ?? new StageState(eventId));

    /// <summary>Two reads may finish in the other order; the higher version is kept.</summary>
    private StageState Keep(StageState stage) =>
        known.AddOrUpdate(stage.EventId, stage, (_, before) => before.Version > stage.Version ? before : stage);
}
