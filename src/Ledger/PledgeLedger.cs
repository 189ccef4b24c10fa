using System.Diagnostics;
using System.Threading.Channels;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The single writer of pledges. Requests queue; one thread takes what waits, writes it in one transaction, syncs it to
/// disk, raises the change of counts, then answers. Under load more entries wait for each group and share its sync; at
/// rest a group has one entry and starts at once.
/// </summary>
public sealed class PledgeLedger : IHostedService, IAsyncDisposable
{
    /// <summary>Most entries in one transaction.</summary>
    public const int MaxGroupSize = 256;

    /// <summary>Most entries that wait. One more is refused at once (503): the phone repeats it, instead of waiting without end.</summary>
    public const int MaxQueueLength = 8192;

    private const int AnsweredTogether = 32;

    /// <summary>In one transaction: phones that sign meanwhile wait for it.</summary>
    private const int ActedOnTogether = 50;

    private readonly LedgerStore store;
    private readonly TimeProvider time;
    private readonly LedgerMetrics metrics;
    private readonly ILogger<PledgeLedger> log;
    private readonly Channel<LedgerEntry> queue = Channel.CreateBounded<LedgerEntry>(
        new BoundedChannelOptions(MaxQueueLength) { SingleReader = true });
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? writer;
    private bool failing;

    public PledgeLedger(LedgerStore store, TimeProvider time, LedgerMetrics metrics, ILogger<PledgeLedger> log)
    {
        (this.store, this.time, this.metrics, this.log) = (store, time, metrics, log);
        metrics.WatchQueue(() => queue.Reader.Count);
    }

    /// <summary>
    /// Raised on the writer's thread after each commit and before its answers, in ledger order: what other nodes have
    /// committed before, then what the answers stand for. Handlers must not block: they delay the next group.
    /// </summary>
    public event Action<IReadOnlyList<LedgerChange>>? Committed;

    /// <summary>
    /// Raised when the store has been opened, at start and after a failure, before anything is written. A commit that
    /// failed may be on disk all the same, so what is counted by commits must be counted from the rows first.
    /// </summary>
    public event Action? Opened;

    /// <summary>Completes once the draft is on disk, or could not be written.</summary>
    public Task<LedgerOutcome> RecordAsync(PledgeDraft draft)
    {
        var entry = new RecordEntry(draft);
        if (!queue.Writer.TryWrite(entry))
            entry.Fail();
        return entry.Outcome;
    }

    /// <summary>Deletes every practice signature of an event, in one act.</summary>
    /// <param name="by">The organizer's account.</param>
    /// <returns>False where there was none.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> WipeRehearsalAsync(int eventId, int? by) =>
        ActAsync((store, now) => store.WipeRehearsal(eventId, by, now));

    /// <summary>Takes a request's pledges out of the count and erases the names and signatures.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <returns>False where it has been withdrawn already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> WithdrawAsync(long sequence) =>
        ActAsync((store, now) => store.Withdraw(sequence, now));

    /// <summary>Erases the names and signatures of a request; its people count as before, without a name.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <returns>False where they are gone already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> EraseAsync(long sequence) =>
        ActAsync((store, now) => store.Erase(sequence, now));

    /// <summary>Writes names, classes and relations otherwise. What was sent stays proven by the digest; the act says that it was corrected.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="signers">One for each signer of the request, in their order.</param>
    /// <returns>False where it says so already, or where nothing is left to correct.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> CorrectAsync(long sequence, IReadOnlyList<SignerCorrection> signers) =>
        ActAsync((store, now) => store.Correct(sequence, signers, now));

    /// <summary>Two pledges are one person's: the first counts with the second from now on. Nothing else changes.</summary>
    /// <param name="by">The organizer's account.</param>
    /// <returns>False where they do already, or are of two events or roles.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> MergeAsync(long sequence, long with, int by) =>
        ActAsync((store, now) => store.Merge(sequence, with, by, now));

    /// <summary>A pledge that counts with another is another person's, and counts for itself. Undoes a merging.</summary>
    /// <param name="by">The organizer's account.</param>
    /// <returns>False where it counts for itself already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> SeparateAsync(long sequence, int by) =>
        ActAsync((store, now) => store.Separate(sequence, by, now));

    /// <summary>Takes requests out of the count; nothing is deleted. Doing it again after a failure does the rest.</summary>
    /// <param name="requests">The place of each request's first pledge; all of one event.</param>
    /// <param name="by">The organizer's account.</param>
    /// <returns>How many requests it took out: those that were withdrawn or out already are not among them.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<int> InvalidateAsync(IReadOnlyCollection<long> requests, int by) =>
        ActOnAllAsync(requests, (store, sequence, now) => store.Invalidate(sequence, by, now));

    /// <summary>Undoes <see cref="InvalidateAsync"/>.</summary>
    /// <inheritdoc cref="InvalidateAsync"/>
    public Task<int> ReinstateAsync(IReadOnlyCollection<long> requests, int by) =>
        ActOnAllAsync(requests, (store, sequence, now) => store.Reinstate(sequence, by, now));

    /// <summary>Erases the names and signatures of an event's pledges, since their day has come; the people count as before.</summary>
    /// <param name="pledges">Their sequence numbers in the ledger. All go in one transaction, which signatures wait for: hand over some hundreds at a time.</param>
    /// <returns>False where they are gone already.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task<bool> ExpireAsync(int eventId, IReadOnlyCollection<long> pledges) =>
        ActAsync((store, now) => store.Expire(eventId, pledges, now));

    /// <summary>Gives an event's counts that were set right a sequence number in the ledger, so that their version grows and screens take them.</summary>
    /// <param name="people">How many people too many had been counted; negative for too few.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot write now.</exception>
    public Task NoteRecountAsync(int eventId, int people) =>
        ActAsync((store, now) => store.NoteRecount(eventId, people, now));

    /// <summary>
    /// Goes through the queue and the writer without writing anything: completes while both live. By then
    /// <see cref="Committed"/> has told what other nodes had written.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached now.</exception>
    public Task ProbeAsync() => ActAsync((_, _) => null);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Open();
        writer = new Thread(WriteGroups) { Name = "Pledge ledger", IsBackground = true };
        writer.Start();
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (writer is not null)
            await stopped.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        store.Dispose();
    }

    private Task<bool> ActAsync(Func<LedgerStore, DateTimeOffset, LedgerChange?> act)
    {
        var entry = new ActEntry(act);
        if (!queue.Writer.TryWrite(entry))
            entry.Fail();
        return entry.Done;
    }

    private async Task<int> ActOnAllAsync(IReadOnlyCollection<long> requests, Func<LedgerStore, long, DateTimeOffset, LedgerChange.Counted?> act)
    {
        var done = 0;
        DateTimeOffset? at = null; // one decision, so one time on all of it
        foreach (var some in requests.Chunk(ActedOnTogether))
            await ActAsync((store, now) =>
            {
                at ??= now;
                var changes = some.Select(sequence => act(store, sequence, at.Value)).OfType<LedgerChange.Counted>().ToList();
                done += changes.Count;
                return changes.Count == 0 ? null : changes[^1] with { Counts = [.. changes.SelectMany(change => change.Counts)] };
            });
        return done;
    }

    private void WriteGroups()
    {
        var group = new List<LedgerEntry>(MaxGroupSize);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MaxGroupSize && queue.Reader.TryRead(out var entry))
                group.Add(entry);
            WriteGroup(group);
            group.Clear();
        }
        stopped.TrySetResult();
    }

    private void WriteGroup(List<LedgerEntry> group)
    {
        List<LedgerChange> changes;
        try
        {
            if (!store.IsOpen)
                Open();
            var started = Stopwatch.GetTimestamp();
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
            Answer(group, static entry => entry.Fail());
            return;
        }
        NoteFailing(null);
        if (changes.Count > 0)
            Tell(changes);
        Answer(group, static entry => entry.Answer());
    }

    /// <summary>One line when it begins and one when it is over: a full disk fails many groups a second.</summary>
    private void NoteFailing(Exception? failure)
    {
        if (failing == failure is not null)
            return;
        failing = !failing;
        if (failure is not null)
            log.LogError("The ledger cannot write ({Kind}: {Reason}); phones are asked to send again", failure.GetType().Name, failure.Message);
        else
            log.LogWarning("The ledger writes again");
    }

    private void Open()
    {
        store.Open();
        Opened?.Invoke();
    }

    private void Tell(List<LedgerChange> changes)
    {
        try
        {
            Committed?.Invoke(changes);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "What was written could not be counted; the rows are counted anew");
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
}
