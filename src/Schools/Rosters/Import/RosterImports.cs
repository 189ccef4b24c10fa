namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>An import of many pupils, on its way or done.</summary>
public sealed class RosterImport(DateTimeOffset startedAt)
{
    private volatile int done, all;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How many pupils are written, of how many; 0 before anything is known.</summary>
    public (int Done, int All) Progress => (done, all);

    public bool IsRunning => !Running.IsCompleted;

    /// <summary>What it has done; null while it runs, and where nothing was imported.</summary>
    public ImportedRoster? Imported { get; internal set; }

    /// <summary>Somebody else had changed the school meanwhile: nothing was imported.</summary>
    public bool WasOvertaken { get; internal set; }

    /// <summary>Ends once it is no longer running.</summary>
    internal Task Running { get; set; } = Task.CompletedTask;

    internal void Note(int doneNow, int allNow) => (done, all) = (doneNow, allNow);
}

/// <summary>
/// Long imports run in the background, one of a school at a time, on the node that was asked: whoever has pressed the button may leave
/// the page and come back to it. Where the program is stopped meanwhile, nothing is imported.
/// </summary>
public sealed partial class RosterImports(
    RosterImporter importer, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RosterImports> log)
{
    /// <summary>Pupils with which an import takes longer than somebody waits for a page.</summary>
    public const int MinPupils = 1_000;

    /// <summary>For so long the page says what became of one.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(10);

    private readonly Lock access = new();
    private readonly Dictionary<int, RosterImport> imports = [];

    /// <summary>That of a school; null where there was none lately.</summary>
    public RosterImport? Find(int schoolId)
    {
        lock (access)
            return imports.TryGetValue(schoolId, out var found) && (found.IsRunning || time.GetUtcNow() < found.StartedAt + Shown)
                ? found
                : null;
    }

    /// <summary>Begins one. False where another one of the school is running.</summary>
    public bool TryStart(RosterOrder order)
    {
        lock (access)
        {
            if (imports.TryGetValue(order.SchoolId, out var known) && known.IsRunning)
                return false;
            var import = imports[order.SchoolId] = new RosterImport(time.GetUtcNow());
            import.Running = Task.Run(() => RunAsync(import, order));
            return true;
        }
    }

    private async Task RunAsync(RosterImport import, RosterOrder order)
    {
        try
        {
            import.Imported = await importer.ImportAsync(order, import.Note, lifetime.ApplicationStopping);
            import.WasOvertaken = import.Imported is null;
        }
        catch (OperationCanceledException)
        {
            // the program stops
        }
        catch (Exception failure)
        {
            LogNotImported(order.SchoolId, failure.GetType().Name);
        }
    }

    [LoggerMessage(2540, LogLevel.Warning, "The lists of school {SchoolId} were not imported ({Reason}); whoever asked for it is told so")]
    private partial void LogNotImported(int schoolId, string reason);
}
