namespace SafetyCampaign.Desk.Prepared;

/// <summary>What is prepared.</summary>
public enum PreparedKind
{
    /// <summary>The pledge book as a PDF.</summary>
    Book,

    /// <summary>The archive package.</summary>
    Archive,

    /// <summary>The class sheets of all classes.</summary>
    ClassSheets,

    /// <summary>The take-home slips of all classes.</summary>
    Slips,

    /// <summary>The same without names.</summary>
    SlipsWithoutNames,
}

/// <summary>Which file: of a whole event, in a language of the desk.</summary>
/// <param name="ScopePath">
/// <see cref="Storage.AccessScope.Path"/> of whoever asks, where the access scope decides what stands in it; else null.
/// </param>
public sealed record FileWanted(PreparedKind Kind, int EventId, string Language, string? ScopePath = null)
{
    /// <summary>It is made from the lists of pupils: a change of the event, its classes or their lists makes it out of date.</summary>
    internal bool HoldsLists => Kind is PreparedKind.ClassSheets or PreparedKind.Slips or PreparedKind.SlipsWithoutNames;
}

/// <summary>A file that is being written, or lies ready.</summary>
public sealed class PreparedFile(string path, DateTimeOffset startedAt)
{
    private volatile int done, all;

    internal CancellationTokenSource Cancellation { get; } = new();

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How much is written, of how much; pages, or per cent of an archive. 0 before anything is known.</summary>
    public (int Done, int All) Progress => (done, all);

    public bool IsReady { get; internal set; }

    /// <summary>Nobody is given it any more; it is deleted in the background.</summary>
    internal bool IsDropped { get; set; }

    public bool HasFailed { get; internal set; }

    public bool IsRunning => !IsReady && !HasFailed;

    /// <summary>What its writer says of it, such as the code of an archive; null where nothing.</summary>
    public string? Label { get; internal set; }

    /// <summary>In bytes, once it is ready.</summary>
    public long Length { get; internal set; }

    internal string Path => path;

    /// <summary>Ends once it is ready, has failed or was given up.</summary>
    internal Task Writing { get; set; } = Task.CompletedTask;

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

    internal void Note(int doneNow, int allNow) => (done, all) = (doneNow, allNow);
}
