using System.Globalization;
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
}

/// <summary>
/// The films of events, as files in the data folder. A file has a name of our own making, which its scene keeps, and is
/// never changed: another film is another file. What no scene names any more is cleared away by <see cref="FilmCleanup"/>.
/// </summary>
public sealed partial class FilmStore
{
    public const string MaxMegabytesSetting = "Films:MaxMegabytes";
    public const string MinFreeMegabytesSetting = "Films:LeaveFreeMegabytes";

    private const long Megabyte = 1024 * 1024;
    private const int Piece = 64 * 1024;

    /// <summary>Enough to tell what a file is.</summary>
    private const int Head = 64;

    private readonly long leaveFree;
    private readonly ILogger<FilmStore> log;

    public FilmStore(DataFolder data, IConfiguration configuration, ILogger<FilmStore> log)
    {
        Folder = data.FilmsPath;
        if (configuration["Films:LargestMegabytes"] is not null)
            throw new InvalidOperationException(
                $"The setting Films:LargestMegabytes is called {MaxMegabytesSetting} now. Please rename it.");
        MaxMegabytes = Read(configuration, MaxMegabytesSetting, 500);
        leaveFree = Read(configuration, MinFreeMegabytesSetting, 500) * Megabyte;
        this.log = log;
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
    /// <remarks>Reads to the end in any case: a browser shows what we answer only after it has sent everything.</remarks>
    public async Task<(FilmArrival Arrival, string? Name)> KeepAsync(Stream film, CancellationToken cancellationToken)
    {
        var head = new byte[Head];
        var length = await film.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancellationToken);
        var arrival = FilmArrival.NotAFilm;
        string? name = null;
        if (EndingOf(head.AsSpan(0, length)) is { } ending)
            (arrival, name) = await WriteAsync(head.AsMemory(0, length), film, ending, cancellationToken);
        await film.CopyToAsync(Stream.Null, Piece, cancellationToken);
        return (arrival, name);
    }

    /// <summary>Files that nobody has written to since then.</summary>
    internal IEnumerable<FileInfo> RestingSince(DateTimeOffset then) =>
        Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < then.UtcDateTime) : [];

    private async Task<(FilmArrival, string?)> WriteAsync(ReadOnlyMemory<byte> head, Stream rest, string ending,
        CancellationToken cancellationToken)
    {
        var name = $"{Guid.NewGuid():N}{ending}";
        var path = Path.Combine(Folder, name);
        var partial = path + ".partial"; // no scene names it, whatever happens
        try
        {
            DurableFiles.CreateFolder(Folder);
            DurableFiles.Create(partial);
            if (await FillAsync(partial, head, rest, cancellationToken) is not FilmArrival.Kept and var refused)
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

    private async Task<FilmArrival> FillAsync(string path, ReadOnlyMemory<byte> head, Stream rest, CancellationToken cancellationToken)
    {
        var room = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Folder).AvailableFreeSpace - leaveFree;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[Piece];
        long length = 0;
        for (var piece = head; piece.Length > 0; piece = buffer.AsMemory(0, await rest.ReadAsync(buffer, cancellationToken)))
        {
            length += piece.Length;
            if (length > MaxMegabytes * Megabyte)
                return FilmArrival.TooLarge;
            if (length > room)
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

    private static long Read(IConfiguration configuration, string setting, long usual) => configuration[setting] switch
    {
        null or "" => usual,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
            && megabytes is > 0 and <= 1_000_000_000 => megabytes,
        var text => throw new InvalidOperationException($"{setting} is \"{text}\". Set it to a number of megabytes, for example {usual}."),
    };

    [LoggerMessage(1201, LogLevel.Error, "A film could not be written: {Reason}")]
    private partial void LogFilmNotWritten(string reason);
}
