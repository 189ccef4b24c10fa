using System.Globalization;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk.Prepared;

/// <summary>
/// Long books, archives and prints of all classes are written in the background, one after the other, into the data folder of the node
/// that was asked, and lie there for a day. One goes at once when a stored pledge of its event changes: no withdrawn, erased or corrected
/// name stays in it; and what holds lists of pupils when such a list or the event changes. At a start all go.
/// </summary>
public sealed partial class PreparedFiles : PeriodicBackgroundService, ILedgerSubscriber
{
    /// <summary>For how long one lies ready.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Lock access = new();
    private readonly Dictionary<FileWanted, PreparedFile> files = [];
    private readonly SemaphoreSlim writing = new(1);
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly ILogger<PreparedFiles> log;
    private int count;

    public PreparedFiles(DataFolder data, PublishedEvents published, TimeProvider time, ILogger<PreparedFiles> log) : base(Interval, time)
    {
        (this.time, this.log) = (time, log);
        published.Changed += e => Drop(wanted => wanted.EventId == e.Id && wanted.HoldsLists);
        published.ChangedHere += id => Drop(wanted => wanted.EventId == id && wanted.HoldsLists); // deleted: no more is told of it
        folder = Path.Combine(data.Path, "prepared");
        foreach (var old in (ReadOnlySpan<string>)[folder, Path.Combine(data.Path, "books")]) // the second, of earlier versions
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
    }

    /// <summary>Null where none was asked for, or it has been deleted.</summary>
    public PreparedFile? Find(FileWanted wanted)
    {
        lock (access)
            return files.GetValueOrDefault(wanted);
    }

    /// <summary>All of some events that lie ready on this node.</summary>
    public IReadOnlyList<(FileWanted Wanted, PreparedFile File)> Ready(IReadOnlySet<int> eventIds)
    {
        lock (access)
            return [.. files.Where(f => f.Value.IsReady && eventIds.Contains(f.Key.EventId)).Select(f => (f.Key, f.Value))];
    }

    /// <summary>Those that are being written, and done ones.</summary>
    internal IReadOnlyList<Task> Writing
    {
        get
        {
            lock (access)
                return [.. files.Values.Select(file => file.Writing)];
        }
    }

    /// <summary>Begins to write a file; one that is being written or ready already stays.</summary>
    /// <param name="wanted">Which, in the language of the request.</param>
    /// <param name="write">Writes it and answers its label; told where to say how far it is.</param>
    public void Start(FileWanted wanted, Func<FileStream, Action<int, int>, CancellationToken, Task<string?>> write)
    {
        lock (access)
        {
            if (files.TryGetValue(wanted, out var known) && !known.HasFailed)
                return;
            var name = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
            var file = files[wanted] = new PreparedFile(Path.Combine(folder, name), time.GetUtcNow());
            file.Writing = Task.Run(() => WriteAsync(file, write)); // the culture goes with it
        }
    }

    /// <summary>Deletes those of an event: something that stands in them goes.</summary>
    public void Drop(int eventId) => Drop(wanted => wanted.EventId == eventId);

    /// <summary>Deletes one that is out of date.</summary>
    public void Drop(FileWanted wanted) => Drop(known => known == wanted);

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => Drop(_ => true);

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes)
    {
        if (changes.Any(change => change.ChangesStoredPledges))
            Drop(wanted => changes.Any(change => change.ChangesStoredPledges && change.EventId == wanted.EventId));
    }

    /// <inheritdoc/>
    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken)
    {
        var old = time.GetUtcNow() - Kept;
        lock (access)
            foreach (var wanted in files.Where(file => file.Value.StartedAt < old).Select(file => file.Key).ToList())
                Delete(wanted);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => LogNotWritten(failure.GetType().Name);

    private async Task WriteAsync(PreparedFile file, Func<FileStream, Action<int, int>, CancellationToken, Task<string?>> write)
    {
        var cancellationToken = file.Cancellation.Token;
        try
        {
            await writing.WaitAsync(cancellationToken);
            try
            {
                Directory.CreateDirectory(folder);
                await using var stream = new FileStream(file.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
                file.Label = await LowPriorityThread.RunAsync("Prepared file", () => write(stream, file.Note, cancellationToken));
                file.Length = stream.Length;
            }
            finally
            {
                writing.Release();
            }
            lock (access)
                file.IsReady = !file.IsDropped;
        }
        catch (OperationCanceledException)
        {
            // deleted while it was written
        }
        catch (Exception failure)
        {
            LogNotWritten(failure.GetType().Name);
            file.HasFailed = true;
        }
        if (!file.IsReady)
            File.Delete(file.Path);
    }

    private void Drop(Predicate<FileWanted> isChanged)
    {
        lock (access)
            foreach (var wanted in files.Keys.Where(wanted => isChanged(wanted)).ToList())
                Delete(wanted);
    }

    /// <summary>
    /// From now on nobody is given the file. It is deleted in the background: the ledger's writer, which may be who calls, waits neither
    /// for the disk nor for what a cancellation runs, and a disk that fails is not the ledger's.
    /// </summary>
    private void Delete(FileWanted wanted)
    {
        if (!files.Remove(wanted, out var file))
            return;
        (file.IsReady, file.IsDropped) = (false, true);
        _ = Task.Run(() => DeleteAsync(file), CancellationToken.None);
    }

    private async Task DeleteAsync(PreparedFile file)
    {
        try
        {
            await file.Cancellation.CancelAsync();
            File.Delete(file.Path);
        }
        catch (Exception failure)
        {
            LogNotDeleted(failure.GetType().Name); // the next start deletes it
        }
    }

    [LoggerMessage(1852, LogLevel.Warning, "A prepared file could not be deleted ({Reason}); nobody is given it any more")]
    private partial void LogNotDeleted(string reason);

    [LoggerMessage(1851, LogLevel.Warning, "A file could not be prepared ({Reason}); whoever asked for it is told so")]
    private partial void LogNotWritten(string reason);
}
