namespace SafetyCampaign.Records.Prepared;

/// <summary>What is prepared.</summary>
public enum PreparedKind
{
    /// <summary>The pledge book as a PDF.</summary>
    Book,

    /// <summary>The archive package.</summary>
    Archive,
}

/// <summary>Which file: of a whole event, in a language of the desk.</summary>
public sealed record FileWanted(PreparedKind Kind, int EventId, string Language);

/// <summary>A file that is being written, or lies ready.</summary>
public sealed class PreparedFile(string path, DateTimeOffset startedAt)
{
    private volatile int done, all;

    internal CancellationTokenSource Cancellation { get; } = new();

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How much is written, of how much; pages of a book, per cent of an archive. 0 before anything is known.</summary>
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
