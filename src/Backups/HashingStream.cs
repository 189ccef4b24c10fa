using System.Security.Cryptography;

namespace SafetyCampaign.Backups;

/// <summary>A file that is read or written from its beginning to its end, and SHA-256 over what has passed so far.</summary>
internal sealed class HashingStream(FileStream file) : Stream
{
    public const int DigestLength = SHA256.HashSizeInBytes;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => file.CanRead;
    public override bool CanWrite => file.CanWrite;
    public override bool CanSeek => false;
    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>Of everything up to here; what follows is added to it.</summary>
    public byte[] Digest() => hash.GetCurrentHash();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer);
        hash.AppendData(buffer[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        file.Write(buffer);
    }

    public override void Flush() => file.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}
