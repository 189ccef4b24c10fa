using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>Ends each countdown at its moment, also one that was running when the program was stopped.</summary>
public sealed class Countdowns(StageConductor conductor, PublishedStages stages, CampaignDbs dbs, TimeProvider time, ILogger<Countdowns> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan BeforeAnotherTry = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, ITimer> running = new();

    public async Task StartAsync(CancellationToken cancellation)
    {
        stages.Changed += Follow;
        await using var db = dbs.Open();
        foreach (var stage in await db.Stages.AsNoTracking().Where(s => s.SigningUntil != null).ToListAsync(cancellation))
            Follow(stage);
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        stages.Changed -= Follow;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var timer in running.Values)
            timer.Dispose();
    }

    private void Follow(StageState stage)
    {
        if (running.TryRemove(stage.EventId, out var before))
            before.Dispose();
        if (stage.SigningUntil is not { } until)
            return;
        var left = until - time.GetUtcNow();
        running[stage.EventId] = time.CreateTimer(_ => _ = EndAsync(stage), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, BeforeAnotherTry);
    }

    private async Task EndAsync(StageState stage)
    {
        try
        {
            await conductor.EndCountdownAsync(stage.EventId);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "A countdown could not be ended; trying again");
        }
    }
}
