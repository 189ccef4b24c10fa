namespace SafetyCampaign.Films;

/// <summary>
/// A part of a form as it arrives. Where the form breaks off or is not made of parts, reading fails with
/// <see cref="BadHttpRequestException"/>: the sender's fault, and not to be taken for a disk that fails while the part is written.
/// </summary>
internal sealed class UploadStream(Stream part) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await part.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw new BadHttpRequestException("The form breaks off.", broken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    /// <summary>What reading a form throws when it is malformed.</summary>
    internal static bool IsBroken(Exception failure) => failure is InvalidDataException or InvalidOperationException
        || (failure is IOException and not BadHttpRequestException);
}
