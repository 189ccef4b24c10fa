using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// Ends each countdown at its time, also one that was running when the program was stopped; and what is held when signing is closed,
/// wherever that is done. When a rehearsal begins or is over, has the stage begin anew.
/// </summary>
public sealed partial class CountdownService(
    StageConductor conductor, PublishedStages stages, PublishedEvents events, CampaignDbFactory dbFactory, StoreOutage outage,
    TimeProvider time, ILogger<CountdownService> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan BeforeAnotherTry = TimeSpan.FromSeconds(1);

    /// <summary>A timer may fire a few milliseconds early.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);
    private readonly Lock access = new();
    private readonly Dictionary<int, (ITimer Timer, StageState Stage)> running = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        stages.Changed += StageChanged;
        events.Changed += EventChanged;
        await using var db = dbFactory.Open();
        if (await db.ReadValueAsync("""SELECT "EventId" FROM stages WHERE "SigningUntil" IS NOT NULL LIMIT 1""", cancellationToken) is null)
            return;
        foreach (var stage in await db.Stages.AsNoTracking().Where(s => s.SigningUntil != null).ToListAsync(cancellationToken))
            StageChanged(stage);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        stages.Changed -= StageChanged;
        events.Changed -= EventChanged;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (access)
        {
            foreach (var (timer, _) in running.Values)
                timer.Dispose();
            running.Clear();
        }
    }

    private void StageChanged(StageState stage)
    {
        lock (access)
        {
            // Of two acts the later one may be told first.
            if (running.TryGetValue(stage.EventId, out var known) && known.Stage.Version > stage.Version)
                return;
            known.Timer?.Dispose();
            running.Remove(stage.EventId);
            if (stage.SigningUntil is not { } until)
                return;
            var left = until - time.GetUtcNow();
            running[stage.EventId] = (time.CreateTimer(_ => _ = EndAsync(stage), null,
                left > TimeSpan.Zero ? left + Slack : TimeSpan.Zero, BeforeAnotherTry), stage);
        }
    }

    /// <summary>The countdown of this state is over; one that was begun since goes on.</summary>
    private void Forget(StageState stage)
    {
        lock (access)
            if (running.TryGetValue(stage.EventId, out var known) && known.Stage == stage)
            {
                known.Timer.Dispose();
                running.Remove(stage.EventId);
            }
    }

    private void EventChanged(PublishedEvent e) => _ = TryAsync(() => FollowAsync(e));

    private async Task FollowAsync(PublishedEvent e)
    {
        var stage = await stages.FindAsync(e.Id);
        if (!stage.HoldsIn(e.State))
            await conductor.BeginAnewAsync(e.Id);
        else if (e.State == EventState.Closed && stage is not { Held: null, LargeCode: false })
            await conductor.EndSigningAsync(e.Id);
    }

    private Task EndAsync(StageState stage) => TryAsync(async () =>
    {
        // False where it is not over yet (the system clock was set back), or where there is nothing left to end.
        if (!await conductor.EndCountdownAsync(stage.EventId) && stage.SigningUntil <= time.GetUtcNow())
            Forget(stage);
    });

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
        }
        catch (Exception failure)
        {
            LogCountdownNotEnded(failure);
        }
    }

    [LoggerMessage(1701, LogLevel.Warning, "A stage could not follow its countdown or its event")]
    private partial void LogCountdownNotEnded(Exception exception);
}
