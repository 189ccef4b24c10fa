using System.IO.Compression;
using System.Text;

namespace SafetyCampaign.Records.Archive;

/// <summary>A file of the package.</summary>
public sealed record ArchivedFile(string Path, long Bytes, byte[] Hash);

/// <summary>Writes the files of a package into a zip, one after the other, and notes the hash of each.</summary>
internal sealed class ArchiveZip(Stream to, DateTimeOffset at) : IAsyncDisposable
{
    private readonly ZipArchive zip = new(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    private readonly List<ArchivedFile> files = [];

    /// <summary>In the order of their paths, whatever order they were written in.</summary>
    public IReadOnlyList<ArchivedFile> Files => [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <param name="path">With <c>/</c> between folders.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="isPacked">It is compressed already.</param>
    public async Task<ArchivedFile> AddAsync(string path, Func<Stream, Task> write, bool isPacked = false)
    {
        var entry = zip.CreateEntry(path, isPacked ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        entry.LastWriteTime = at;
        await using var content = new HashingStream(await entry.OpenAsync());
        await write(content);
        await content.FlushAsync();
        var file = new ArchivedFile(path, content.Length, content.Hash());
        files.Add(file);
        return file;
    }

    /// <summary>A text in UTF-8.</summary>
    public Task<ArchivedFile> AddAsync(string path, string text) =>
        AddAsync(path, content => content.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());

    public ValueTask DisposeAsync() => zip.DisposeAsync();
}
