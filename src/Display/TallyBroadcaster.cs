using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>
/// Pushes counts and scenes to the screens. The first change goes out at once; while more come in, only the newest
/// snapshot is sent, and less often the more screens there are (<see cref="PauseAfter"/>).
/// </summary>
public sealed partial class TallyBroadcaster(
    TallyBoard board, PublishedEvents events, PublishedStages stages, StageReader reader, LastSentTallies lastSent,
    IHubContext<DisplayHub, IDisplayClient> screens, DisplayMetrics metrics, StoreOutage outage, ILogger<TallyBroadcaster> log)
    : BackgroundService
{
    /// <summary>After a push whose content could not be read.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, byte> changed = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CancellationToken stopping;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        board.Changed += Note;
        events.Changed += Show;
        stages.Changed += Show;
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                var started = Stopwatch.GetTimestamp();
                foreach (var eventId in changed.Keys)
                    if (changed.TryRemove(eventId, out var _))
                        await ShowTallyAsync(eventId, stoppingToken);
                var took = Stopwatch.GetElapsedTime(started);
                metrics.Broadcast(took);
                await Task.Delay(PauseAfter(took, metrics.Screens), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            board.Changed -= Note;
            events.Changed -= Show;
            stages.Changed -= Show;
        }
    }

    /// <summary>
    /// The pause limits the share of the processor that pushes take from signing. Most of the cost of a push comes
    /// after it, in the sockets, so it grows with the
    /// number of screens: with 40 screens 60 pushes a second, from 200 on 14, and
    /// from 4,000 on no more than 50,000 messages a second.
    /// </summary>
    private static TimeSpan PauseAfter(TimeSpan round, int screens)
    {
        var few = Math.Clamp(0.35 * screens, 16, 70);
        var many = 0.02 * screens;
        return TimeSpan.FromMilliseconds(Math.Max(4 * round.TotalMilliseconds, Math.Max(few, many)));
    }

    /// <summary>
    /// Called on the ledger's thread: only notes, never sends. When the ledger is opened it is called for every event that was ever signed
    /// at; those that nobody has asked for are not read.
    /// </summary>
    private void Note(int eventId)
    {
        if (!events.WasRead(eventId))
            return;
        changed[eventId] = 0;
        wake.Writer.TryWrite(true);
    }

    /// <summary>An event was edited, opened or closed: its scene goes out, and its counts, which may be others now.</summary>
    private void Show(PublishedEvent e)
    {
        _ = ShowSceneAsync(e.Id);
        Note(e.Id);
    }

    /// <summary>An act of the host is sent at once, outside the coalesced pushes.</summary>
    private void Show(StageState stage) => _ = ShowSceneAsync(stage.EventId);

    /// <summary>
    /// The names on the scene are read from the store. While that cannot be done the scene is not sent without them, but as soon as it can
    /// be: screens themselves ask only every 20 s.
    /// </summary>
    private async Task ShowSceneAsync(int eventId)
    {
        try
        {
            if (await events.FindAsync(eventId) is { } e)
                await screens.Clients.Group(e.Code).SceneChanged(await reader.SceneAsync(e));
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
            RetryLater(() => _ = ShowSceneAsync(eventId));
        }
        catch (Exception failure)
        {
            LogPushFailed(failure);
        }
    }

    private async Task ShowTallyAsync(int eventId, CancellationToken stoppingToken)
    {
        try
        {
            if (await events.FindAsync(eventId, stoppingToken) is not { } e)
                return;
            var tally = board.Snapshot(e);
            var watching = screens.Clients.Group(e.Code);
            Push(lastSent.Next(e, tally) is { } change ? watching.TallyChanged(change) : watching.TallyChanged(tally));
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
            RetryLater(() => Note(eventId));
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogTallyNotShown(failure);
        }
    }

    /// <summary>Until the program stops.</summary>
    private void RetryLater(Action push) => Task.Delay(RetryAfter, stopping)
        .ContinueWith(_ => push(), stopping, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Not awaited: one screen that reads nothing would delay all others.</summary>
    private void Push(Task sending) => sending.ContinueWith(
        failed => LogPushFailed(failed.Exception), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(1704, LogLevel.Warning, "A tally could not be shown; the next change shows it")]
    private partial void LogTallyNotShown(Exception exception);

    [LoggerMessage(1705, LogLevel.Warning, "A push to the screens failed; they ask again by themselves")]
    private partial void LogPushFailed(Exception? exception);
}
