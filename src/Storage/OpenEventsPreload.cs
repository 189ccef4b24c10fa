using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// Reads the events that are open for signing once the program has started. The first reading takes longer than those after it, because EF
/// translates its queries (docs/memory.md); after a restart in the middle of an event every phone would wait for it.
/// </summary>
internal sealed class OpenEventsPreload(IHostApplicationLifetime lifetime, CampaignDbFactory dbFactory, PublishedEvents events)
    : BackgroundService
{
    private const int MaxEvents = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            foreach (var code in await ReadOpenAsync(stoppingToken))
                await events.FindAsync(code, stoppingToken); // as a phone asks, so that both wait for one reading
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Whoever asks for an event reads it, and is told what is wrong. Let through, it would stop the program.
        }
    }

    private async Task<List<string>> ReadOpenAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Events.Where(e => e.State == EventState.Open && e.ArchivedAt == null).OrderByDescending(e => e.OpenedAt)
            .Select(e => e.Code).Take(MaxEvents).ToListAsync(cancellationToken);
    }
}
