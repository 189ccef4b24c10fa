using System.Globalization;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>Which book: of a whole event, in a language of the desk.</summary>
public sealed record BookWanted(int EventId, string Language);

/// <summary>A book that is being drawn, or lies ready.</summary>
public sealed class BookFile(string path, DateTimeOffset startedAt)
{
    private volatile int drawn, pages;

    internal CancellationTokenSource Cancellation { get; } = new();

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Pages drawn, and how many it will have; 0 before the first.</summary>
    public (int Drawn, int Pages) Progress => (drawn, pages);

    public bool IsReady { get; internal set; }

    public bool HasFailed { get; internal set; }

    public bool IsRunning => !IsReady && !HasFailed;

    internal string Path => path;

    /// <summary>Ends once it is ready, has failed or was given up.</summary>
    internal Task Drawing { get; set; } = Task.CompletedTask;

    /// <summary>To be sent; null where it has been deleted meanwhile.</summary>
    public Stream? Open()
    {
        try
        {
            return IsReady ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    internal void Note(int drawnNow, int pagesNow) => (drawn, pages) = (drawnNow, pagesNow);
}

/// <summary>
/// Long books are drawn in the background, one after the other, into the data folder of the node that was asked, and lie there for a day.
/// One goes at once when a stored pledge of its event changes: no withdrawn, erased or corrected name stays in it. At a start all go.
/// </summary>
public sealed partial class BookFiles : PeriodicBackgroundService, ILedgerSubscriber
{
    /// <summary>A book of so many pledges is drawn while its reader waits, about a second.</summary>
    public const int MaxAtOnce = 2_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Lock access = new();
    private readonly Dictionary<BookWanted, BookFile> files = [];
    private readonly SemaphoreSlim drawing = new(1);
    private readonly string folder;
    private readonly BookPdf pdf;
    private readonly PledgeBook book;
    private readonly TimeProvider time;
    private readonly ILogger<BookFiles> log;
    private int count;

    public BookFiles(DataFolder data, BookPdf pdf, PledgeBook book, TimeProvider time, ILogger<BookFiles> log) : base(Interval, time)
    {
        (this.pdf, this.book, this.time, this.log) = (pdf, book, time, log);
        folder = Path.Combine(data.Path, "books");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Null where none was asked for, or it has been deleted.</summary>
    public BookFile? Find(BookWanted wanted)
    {
        lock (access)
            return files.GetValueOrDefault(wanted);
    }

    /// <summary>Begins to draw a book; one that is drawn or ready already stays.</summary>
    /// <param name="e">The event.</param>
    /// <param name="wanted">Of that event, in the language of the request.</param>
    public void Start(PublishedEvent e, BookWanted wanted)
    {
        lock (access)
        {
            if (files.TryGetValue(wanted, out var known) && !known.HasFailed)
                return;
            var name = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture) + ".pdf";
            var file = files[wanted] = new BookFile(Path.Combine(folder, name), time.GetUtcNow());
            file.Drawing = Task.Run(() => DrawAsync(file, e)); // the culture goes with it
        }
    }

    /// <inheritdoc/>
    void ILedgerSubscriber.Opened() => Drop(_ => true);

    /// <inheritdoc/>
    void ILedgerSubscriber.Committed(IReadOnlyList<LedgerChange> changes)
    {
        if (files.Count > 0 && changes.Any(change => change.ChangesStoredPledges))
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
    protected override void LogFailure(Exception failure) => LogNotDrawn(failure.GetType().Name);

    private async Task DrawAsync(BookFile file, PublishedEvent e)
    {
        var cancellationToken = file.Cancellation.Token;
        try
        {
            await drawing.WaitAsync(cancellationToken);
            try
            {
                Directory.CreateDirectory(folder);
                await using var stream = new FileStream(file.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
                var plan = await book.PlanAsync(e, classId: null, cancellationToken);
                await pdf.WriteAsync(stream, e, only: null, plan, file.Note, cancellationToken);
            }
            finally
            {
                drawing.Release();
            }
            lock (access)
                file.IsReady = !cancellationToken.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            // deleted while it was drawn
        }
        catch (Exception failure)
        {
            LogNotDrawn(failure.GetType().Name);
            file.HasFailed = true;
        }
        if (!file.IsReady)
            File.Delete(file.Path);
    }

    private void Drop(Predicate<BookWanted> isChanged)
    {
        lock (access)
            foreach (var wanted in files.Keys.Where(wanted => isChanged(wanted)).ToList())
                Delete(wanted);
    }

    private void Delete(BookWanted wanted)
    {
        if (!files.Remove(wanted, out var file))
            return;
        file.Cancellation.Cancel();
        File.Delete(file.Path);
    }

    [LoggerMessage(2112, LogLevel.Warning, "A pledge book could not be drawn ({Reason}); whoever asked for it is told so")]
    private partial void LogNotDrawn(string reason);
}
