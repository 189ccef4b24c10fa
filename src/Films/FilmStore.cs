using SafetyCampaign.Storage;

namespace SafetyCampaign.Films;

/// <summary>What became of a film that an organizer sent.</summary>
public enum FilmArrival
{
    Kept,

    /// <summary>Neither MP4 nor WebM, whatever it is called.</summary>
    NotAFilm,

    /// <summary>Over <see cref="FilmStore.MaxMegabytes"/>.</summary>
    TooLarge,

    /// <summary>The disk is full, or would be too full for the pledges that are still to come.</summary>
    NoRoom,

    /// <summary>It stood still, or came so slowly that it would have taken hours (<see cref="UploadPace"/>).</summary>
    TooSlow,
}

/// <summary>
/// The films of events, as files in the data folder. A file has a name of our own making, which its scene keeps, and is
/// never changed: another film is another file. What no scene names any more is cleared away by <see cref="FilmCleanup"/>.
/// </summary>
public sealed partial class FilmStore
{
    public const string MaxMegabytesSetting = "Films:MaxMegabytes";

    private const long Megabyte = 1024 * 1024;
    private const int Piece = 64 * 1024;
    private const string PartialEnding = ".partial";

    /// <summary>What a form has around its file: the token, the boundaries, the file's name.</summary>
    private const long AroundTheFilm = 16 * 1024;

    /// <summary>Enough to tell what a file is.</summary>
    private const int Head = 64;

    private readonly UploadRoom room;
    private readonly TimeProvider time;
    private readonly ILogger<FilmStore> log;

    public FilmStore(
        DataFolder data, IConfiguration configuration, UploadRoom room, TimeProvider time, ILogger<FilmStore> log)
    {
        Folder = data.FilmsPath;
        if (configuration["Films:LargestMegabytes"] is not null)
            throw new InvalidOperationException(
                $"The setting Films:LargestMegabytes is called {MaxMegabytesSetting} now. Please rename it.");
        MaxMegabytes = UploadRoom.ReadMegabytes(configuration, MaxMegabytesSetting, 500);
        (this.room, this.time, this.log) = (room, time, log);
    }

    /// <summary>Where the films lie; made with the first one.</summary>
    public string Folder { get; }

    /// <summary>How large a film may be.</summary>
    public long MaxMegabytes { get; }

    /// <summary>A film's file; null where it is not there.</summary>
    public FileInfo? Find(string? name) =>
        name is not null && new FileInfo(Path.Combine(Folder, Path.GetFileName(name))) is { Exists: true } file ? file : null;

    /// <summary>A film's size, to be shown.</summary>
    public static long Megabytes(FileInfo film) => Math.Max(1, film.Length / Megabyte);

    /// <summary>Keeps a film under a new name, on disk when this returns; of one that is refused nothing stays.</summary>
    /// <param name="film">Read to the end: a browser shows what we answer only after it has sent everything.</param>
    /// <param name="declared">How long the sender says that it is, in bytes; null where it does not say so.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<(FilmArrival Arrival, string? Name)> KeepAsync(Stream film, long? declared, CancellationToken cancellationToken)
    {
        using var pace = new UploadPace(time, UploadPace.MinBytesPerSecondOfFilm, cancellationToken);
        try
        {
            var kept = await ReceiveAsync(film, declared, pace, cancellationToken);
            await SkipRestAsync(film, pace);
            return kept;
        }
        catch (OperationCanceledException) when (pace.IsTooSlow && !cancellationToken.IsCancellationRequested)
        {
            return (FilmArrival.TooSlow, null);
        }
    }

    /// <summary>Removes what came only in part before the program was ended; what another node receives now is locked.</summary>
    internal void DeletePartials()
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (var partial in new DirectoryInfo(Folder).EnumerateFiles("*" + PartialEnding))
            try
            {
                if (!IsInUse(partial))
                    partial.Delete();
            }
            catch (UnauthorizedAccessException)
            {
                // The regular cleanup tries again, and says why it cannot.
            }
    }

    /// <summary>Whether a film is being received or watched, through this node or another one.</summary>
    internal static bool IsInUse(FileInfo film)
    {
        try
        {
            film.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Files that nobody has written to since then.</summary>
    internal IEnumerable<FileInfo> RestingSince(DateTimeOffset then) =>
        Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < then.UtcDateTime) : [];

    private async Task<(FilmArrival, string?)> ReceiveAsync(
        Stream film, long? declared, UploadPace pace, CancellationToken cancellationToken)
    {
        if (declared > MaxMegabytes * Megabyte + AroundTheFilm)
            return (FilmArrival.TooLarge, null);
        var head = new byte[Head];
        var length = 0;
        for (var read = 1; read > 0 && length < Head; length += read)
            read = await pace.ReadAsync(film, head.AsMemory(length));
        if (EndingOf(head.AsSpan(0, length)) is not { } ending)
            return (FilmArrival.NotAFilm, null);
        using var reserved = room.Reserve(Math.Min(declared ?? 0, MaxMegabytes * Megabyte));
        return reserved is null
            ? (FilmArrival.NoRoom, null)
            : await WriteAsync(head.AsMemory(0, length), film, ending, reserved, pace, cancellationToken);
    }

    /// <summary>Not without end: a sender that goes on is cut off by the answer.</summary>
    private async Task SkipRestAsync(Stream film, UploadPace pace)
    {
        var buffer = new byte[Piece];
        while (pace.Received <= 2 * MaxMegabytes * Megabyte + AroundTheFilm && await pace.ReadAsync(film, buffer) > 0)
        {
        }
    }

    private async Task<(FilmArrival, string?)> WriteAsync(ReadOnlyMemory<byte> head, Stream rest, string ending,
        UploadRoom.Reservation reserved, UploadPace pace, CancellationToken cancellationToken)
    {
        var name = $"{Guid.NewGuid():N}{ending}";
        var path = Path.Combine(Folder, name);
        var partial = path + PartialEnding; // no scene names it, whatever happens
        try
        {
            DurableFiles.CreateFolder(Folder);
            DurableFiles.Create(partial);
            if (await FillAsync(partial, head, rest, reserved, pace, cancellationToken) is not FilmArrival.Kept and var refused)
                return (refused, null);
            DurableFiles.Flush(partial);
            File.Move(partial, path);
            DurableFiles.FlushFolder(Folder);
            return (FilmArrival.Kept, name);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            LogFilmNotWritten(failure.Message);
            return (FilmArrival.NoRoom, null);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    private async Task<FilmArrival> FillAsync(string path, ReadOnlyMemory<byte> head, Stream rest, UploadRoom.Reservation reserved,
        UploadPace pace, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[Piece];
        long length = 0;
        for (var piece = head; piece.Length > 0; piece = buffer.AsMemory(0, await pace.ReadAsync(rest, buffer)))
        {
            length += piece.Length;
            if (length > MaxMegabytes * Megabyte)
                return FilmArrival.TooLarge;
            if (!reserved.Take(piece.Length))
                return FilmArrival.NoRoom;
            await file.WriteAsync(piece, cancellationToken);
        }
        return FilmArrival.Kept;
    }

    /// <summary>
    /// What a file is, by its own first bytes: an MP4 begins with a box "ftyp", a WebM with an EBML head that says "webm".
    /// Null for anything else.
    /// </summary>
    private static string? EndingOf(ReadOnlySpan<byte> head)
    {
        if (head.Length > 8 && head[4..8].SequenceEqual("ftyp"u8))
            return ".mp4";
        return head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && head.IndexOf("webm"u8) > 0 ? ".webm" : null;
    }

    [LoggerMessage(1201, LogLevel.Error, "A film could not be written: {Reason}")]
    private partial void LogFilmNotWritten(string reason);
}
