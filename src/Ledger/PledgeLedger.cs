using System.Diagnostics;
using System.Threading.Channels;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The single writer of pledges. Requests queue; one thread takes what waits, writes it in one transaction, syncs it to
/// disk, raises the change of counts, then answers. Under load more entries wait for each group and share its sync; at
/// rest a group has one entry and starts at once. Signatures go first: of the acts that wait, a group takes a few.
/// </summary>
public sealed partial class PledgeLedger : IHostedService, IAsyncDisposable
{
    /// <summary>The most entries in one transaction.</summary>
    public const int MaxGroupSize = 256;

    /// <summary>
    /// The most entries that wait. One more is refused at once: a phone sends again by itself, and a longer queue would only make
    /// it wait longer.
    /// </summary>
    public const int MaxQueueLength = 8192;

    private const int AnsweredTogether = 32;

    /// <summary>Acts in a group with signatures. Each takes some 0.2 ms of the writer's thread, for which the signatures wait.</summary>
    private const int MaxActsBesideSignatures = 4;

    /// <summary>Acts in a group without signatures; one that comes meanwhile waits for them.</summary>
    private const int MaxActsAlone = 16;

    /// <summary>
    /// A group that has failed after this time was held up by a lock or a server that does not answer. What came meanwhile is
    /// refused with it, since it has waited as long.
    /// </summary>
    private static readonly TimeSpan SlowGroupThreshold = TimeSpan.FromSeconds(1);

    /// <summary>For the last group, when the program has had its time to stop already.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly LedgerStore store;
    private readonly TimeProvider time;
    private readonly LedgerMetrics metrics;
    private readonly ILogger<PledgeLedger> log;
    private readonly Channel<LedgerEntry> signatures = Channel.CreateBounded<LedgerEntry>(
        new BoundedChannelOptions(MaxQueueLength) { SingleReader = true });
    private readonly Channel<LedgerEntry> acts = Channel.CreateBounded<LedgerEntry>(
        new BoundedChannelOptions(MaxQueueLength) { SingleReader = true });
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILedgerSubscriber[] subscribers;
    private Thread? writer;
    private bool failing;

    /// <summary>
    /// Made once, by the container. Nothing is opened before <see cref="StartAsync"/>; what comes earlier waits in the queue.
    /// </summary>
    /// <param name="store">The database, used by the writer's thread alone.</param>
    /// <param name="subscribers">Told of each opening and each commit, in this order.</param>
    /// <param name="time">Gives each group its time.</param>
    /// <param name="metrics">Sizes, durations and failures of groups.</param>
    /// <param name="log">One line when the store begins to fail and one when it works again.</param>
    public PledgeLedger(
        LedgerStore store, IEnumerable<ILedgerSubscriber> subscribers, TimeProvider time, LedgerMetrics metrics, ILogger<PledgeLedger> log)
    {
        (this.store, this.time, this.metrics, this.log) = (store, time, metrics, log);
        this.subscribers = [.. subscribers];
        metrics.WatchQueue(() => signatures.Reader.Count + acts.Reader.Count);
    }

    /// <summary>Completes once the draft is on disk, or could not be written.</summary>
    /// <param name="draft">What has passed every check. Must not be changed any more.</param>
    /// <returns>Never fails: what could not be written is <see cref="LedgerOutcome.Unavailable"/>.</returns>
    public Task<LedgerOutcome> RecordAsync(PledgeDraft draft)
    {
        var entry = new RecordEntry(draft);
        if (!signatures.Writer.TryWrite(entry))
            entry.Fail();
        return entry.Outcome;
    }

    /// <summary>
    /// Starts the writer; completes once it has opened the store and every subscriber has read what it keeps. All use of the
    /// store, the opening too, is on the writer's own thread, which waits for the disk and for nothing else.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the opening.</param>
    /// <exception cref="InvalidOperationException">The database is configured so that it can lose acknowledged commits.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        writer = new Thread(Run) { Name = "Pledge ledger", IsBackground = true };
        writer.Start();
        return opened.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what waits, then stops.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the writing; <see cref="DisposeAsync"/> waits on.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        acts.Writer.TryComplete();
        signatures.Writer.TryComplete();
        if (writer is not null)
            await ((Task)stopped.Task.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops, and closes the store; of a store that does not answer the end of the process closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await StopAsync(timeout.Token);
        if (writer is null || stopped.Task.IsCompleted)
            store.Dispose();
        else
            LogStoppedInTheMiddle(signatures.Reader.Count + acts.Reader.Count);
    }

    private void Run()
    {
        try
        {
            Open();
        }
        catch (Exception failure)
        {
            stopped.TrySetResult();
            opened.TrySetException(failure);
            return;
        }
        opened.TrySetResult();
        WriteGroups();
    }

    private void WriteGroups()
    {
        var group = new List<LedgerEntry>(MaxGroupSize);
        while (signatures.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() || acts.Reader.Count > 0)
            for (Take(group); group.Count > 0; Take(group))
            {
                WriteGroup(group);
                foreach (var entry in group)
                    (entry as TruncateLogEntry)?.Run(store);
            }
        stopped.TrySetResult();
    }

    /// <summary>The next group: the signatures that wait, then a few acts; empty where nothing waits.</summary>
    private void Take(List<LedgerEntry> group)
    {
        group.Clear();
        while (group.Count < MaxGroupSize && signatures.Reader.TryRead(out var signature))
            if (signature != LedgerEntry.Wake)
                group.Add(signature);
        var room = group.Count > 0 ? MaxActsBesideSignatures : MaxActsAlone;
        while (room-- > 0 && acts.Reader.TryRead(out var act))
            group.Add(act);
    }

    private void WriteGroup(List<LedgerEntry> group)
    {
        List<LedgerChange> changes;
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (!store.IsOpen)
            {
                Open();
                started = Stopwatch.GetTimestamp();
            }
            changes = store.Write(group, time.GetUtcNow());
            if (changes.Count > 0) // else it was only a probe: nothing was written
                metrics.Committed(group.Count, started);
        }
        catch (Exception failure)
        {
            // Whether a failed commit is on disk is unknown here. A new connection reads the state from the database.
            store.Dispose();
            metrics.Failed();
            NoteFailing(failure);
            if (Stopwatch.GetElapsedTime(started) > SlowGroupThreshold)
                TakeAllThatWaits(group);
            Answer(group, static entry => entry.Fail());
            return;
        }
        NoteFailing(null);
        if (changes.Count > 0)
            Tell(changes);
        if (changes.Exists(static change => change.ErasesNames))
            erasures.Writer.TryWrite(true);
        Answer(group, static entry => entry.Answer());
    }

    private void TakeAllThatWaits(List<LedgerEntry> group)
    {
        while (signatures.Reader.TryRead(out var entry) || acts.Reader.TryRead(out entry))
            if (entry != LedgerEntry.Wake)
                group.Add(entry);
    }

    /// <summary>One line when it begins and one when it is over: a full disk fails many groups a second.</summary>
    private void NoteFailing(Exception? failure)
    {
        if (failing == failure is not null)
            return;
        failing = !failing;
        if (failure is not null)
            LogCannotWrite(failure.GetType().Name, failure.Message);
        else
            LogWritesAgain();
    }

    private void Open()
    {
        store.Open(time.GetUtcNow());
        foreach (var subscriber in subscribers)
            subscriber.Opened();
        if (store.HoldsLogAtOpening)
            erasures.Writer.TryWrite(true);
    }

    private void Tell(List<LedgerChange> changes)
    {
        try
        {
            foreach (var subscriber in subscribers)
                subscriber.Committed(changes);
        }
        catch (Exception failure)
        {
            LogNotCounted(failure);
            // The pledges are on disk and are answered. The next group finds the store closed and has all counted anew.
            store.Dispose();
            _ = ProbeAsync();
        }
    }

    /// <summary>
    /// On the thread pool, so that the writer's thread goes on with the next group; in batches, since scheduling costs
    /// more than an answer.
    /// </summary>
    private static void Answer(List<LedgerEntry> group, Action<LedgerEntry> answer)
    {
        foreach (var some in group.Chunk(AnsweredTogether))
            ThreadPool.UnsafeQueueUserWorkItem(static work => Array.ForEach(work.some, work.answer), (some, answer), preferLocal: false);
    }

    [LoggerMessage(1301, LogLevel.Error, "The ledger cannot write ({Kind}: {Reason}); phones are asked to send again")]
    private partial void LogCannotWrite(string kind, string reason);

    [LoggerMessage(1302, LogLevel.Warning, "The ledger writes again")]
    private partial void LogWritesAgain();

    [LoggerMessage(1310, LogLevel.Warning, "The store did not answer while the program stopped; {Waiting} requests were not answered")]
    private partial void LogStoppedInTheMiddle(int waiting);

    [LoggerMessage(1303, LogLevel.Error, "What was written could not be counted; the rows are counted anew")]
    private partial void LogNotCounted(Exception exception);
}
