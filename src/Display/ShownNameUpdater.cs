using System.Collections.Concurrent;
using System.Threading.Channels;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// Takes names off the stage whose pledges were withdrawn, erased or invalidated, and rewrites those that were corrected: as
/// soon as the ledger has committed it. What another node has committed the ledger tells within a second.
/// </summary>
internal sealed partial class ShownNameUpdater(
    NameGate gate, PublishedEvents events, StageConductor conductor, TimeProvider time, ILogger<ShownNameUpdater> log)
    : BackgroundService, ILedgerSubscriber
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, byte> changed = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool failing;

    /// <summary>After a failure of the store an act may be on disk that no commit told.</summary>
    void ILedgerSubscriber.Opened()
    {
        gate.PledgesChanged();
        foreach (var eventId in gate.OnStage)
            changed[eventId] = 0;
        wake.Writer.TryWrite(true);
    }

    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes)
    {
        var any = false;
        for (var i = 0; i < changes.Count; i++)
            if (changes[i].ChangesStoredPledges)
            {
                if (!any)
                    gate.PledgesChanged(); // before the event is looked at: see NameGate.ShownAsync
                any = true;
                changed[changes[i].EventId] = 0;
            }
        if (any)
            wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                await UpdateAsync(stoppingToken);
                if (!failing)
                    continue;
                await Task.Delay(RetryAfter, time, stoppingToken);
                wake.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        foreach (var eventId in changed.Keys)
        {
            if (!changed.TryRemove(eventId, out _))
                continue;
            try
            {
                if (await events.FindAsync(eventId, cancellationToken) is { } e && await gate.HasLeftAsync(e, cancellationToken))
                    await conductor.NamesChangedAsync(eventId);
                failing = false;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                changed[eventId] = 0;
                if (!failing)
                    LogNamesNotChecked(failure.Message);
                failing = true;
                return;
            }
        }
    }

    [LoggerMessage(1703, LogLevel.Warning, "The names on the stages cannot be read ({Reason}); trying again every second")]
    private partial void LogNamesNotChecked(string reason);
}
