using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>An import of many pupils on this node, on its way or done.</summary>
public sealed class RosterImport(DateTimeOffset startedAt)
{
    private volatile int done, all;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How many pupils are written, of how many; 0 before anything is known.</summary>
    public (int Done, int All) Progress => (done, all);

    public bool IsRunning => !Running.IsCompleted;

    /// <summary>Ends once it is no longer running.</summary>
    internal Task Running { get; set; } = Task.CompletedTask;

    internal void Note(int doneNow, int allNow) => (done, all) = (doneNow, allNow);
}

/// <summary>How an import of a school stands, wherever it runs.</summary>
/// <param name="Done">How many pupils are written.</param>
/// <param name="All">Of how many; 0 before that is known.</param>
/// <param name="Imported">What it has done; null while it runs, and where nothing was imported.</param>
/// <param name="WasOvertaken">Somebody else had changed the school meanwhile: nothing was imported.</param>
public sealed record RosterImportStatus(bool IsRunning, int Done, int All, ImportedRoster? Imported, bool WasOvertaken);

/// <summary>
/// Long imports run in the background, one of a school at a time, on the node that was asked: whoever has pressed the button may leave
/// the page and come back to it, at any node (<see cref="RosterImportRecords"/>). Where the program is stopped meanwhile, nothing is
/// imported.
/// </summary>
public sealed partial class RosterImports(
    RosterImporter importer, RosterImportRecords records, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RosterImports> log)
{
    /// <summary>Pupils with which an import takes longer than somebody waits for a page.</summary>
    public const int MinPupils = 1_000;

    /// <summary>For so long the page says what became of one.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(10);

    private readonly Lock access = new();
    private readonly Dictionary<int, RosterImport> imports = [];

    /// <summary>That of a school on this node; null where there was none.</summary>
    public RosterImport? Find(int schoolId)
    {
        lock (access)
            return imports.GetValueOrDefault(schoolId);
    }

    /// <summary>How that of a school stands; null where there was none lately.</summary>
    public async Task<RosterImportStatus?> FindStatusAsync(int schoolId, CancellationToken cancellationToken)
    {
        if (Find(schoolId) is { IsRunning: true, Progress: var (done, all) })
            return new RosterImportStatus(IsRunning: true, done, all, null, WasOvertaken: false);
        if (await records.FindAsync(schoolId, cancellationToken) is not { } record)
            return null;
        var now = time.GetUtcNow();
        var isRunning = record.Outcome == RosterImportOutcome.Running && now < record.HeardAt + RosterImportRecords.MaxSilence;
        return !isRunning && now >= record.StartedAt + Shown ? null : new RosterImportStatus(
            isRunning, record.Done, record.All,
            record.Outcome == RosterImportOutcome.Imported
                ? new ImportedRoster(record.Added, record.Changed, record.Moved, record.Left) : null,
            record.Outcome == RosterImportOutcome.Overtaken);
    }

    /// <summary>Begins one. False where another one of the school is running, here or at another node.</summary>
    public async Task<bool> TryStartAsync(RosterOrder order, CancellationToken cancellationToken)
    {
        if (Find(order.SchoolId) is { IsRunning: true })
            return false;
        var import = new RosterImport(time.GetUtcNow());
        if (!await records.TryBeginAsync(order.SchoolId, import.StartedAt, cancellationToken))
            return false;
        lock (access)
            imports[order.SchoolId] = import;
        import.Running = Task.Run(() => RunAsync(import, order), CancellationToken.None);
        return true;
    }

    private async Task RunAsync(RosterImport import, RosterOrder order)
    {
        using var ended = new CancellationTokenSource();
        var followed = records.ReportProgressAsync(order.SchoolId, import, ended.Token);
        var outcome = RosterImportOutcome.Failed;
        var isWritten = false;
        try
        {
            var imported = await importer.ImportAsync(order, import.Note, lifetime.ApplicationStopping, (db, done) =>
                RosterImportRecords.NoteImportedAsync(db, order.SchoolId, import, done, lifetime.ApplicationStopping),
                () => isWritten = true);
            outcome = imported is null ? RosterImportOutcome.Overtaken : RosterImportOutcome.Imported;
        }
        catch (Exception failure) when (isWritten)
        {
            // Pages and pledges follow by themselves: at the next change, and at the next look every ten minutes.
            outcome = RosterImportOutcome.Imported;
            LogImportedNotTold(order.SchoolId, failure.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // the program stops
        }
        catch (Exception failure)
        {
            LogNotImported(order.SchoolId, failure.GetType().Name);
        }
        await ended.CancelAsync();
        await followed;
        if (outcome != RosterImportOutcome.Imported)
            await NoteNotImportedAsync(import, order, outcome);
    }

    private async Task NoteNotImportedAsync(RosterImport import, RosterOrder order, RosterImportOutcome why)
    {
        try
        {
            await records.NoteNotImportedAsync(order.SchoolId, import, why);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            // Said once its silence has lasted too long.
        }
    }

    [LoggerMessage(2543, LogLevel.Warning,
        "The lists of school {SchoolId} were imported, and what follows from it failed ({Reason}): it follows within ten minutes")]
    private partial void LogImportedNotTold(int schoolId, string reason);

    [LoggerMessage(2540, LogLevel.Warning, "The lists of school {SchoolId} were not imported ({Reason}); whoever asked for it is told so")]
    private partial void LogNotImported(int schoolId, string reason);
}
