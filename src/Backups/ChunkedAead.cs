using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SafetyCampaign.Backups;

/// <summary>
/// AES-256-GCM over a stream in chunks, by the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online
/// Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015): the nonce of each chunk holds its number and
/// whether it is the last, so that no chunk can be left out, moved or put at the end. A key serves for one stream alone.
/// </summary>
internal static class ChunkedAead
{
    /// <summary>Bytes of a chunk before it is encrypted; the last one may be shorter.</summary>
    public const int ChunkLength = 64 * 1024;

    private const int TagLength = 16;
    private const int NonceLength = 12;

    /// <summary>Bytes that a content of that length takes when it is encrypted.</summary>
    public static long LengthOf(long content) => content + Chunks(content) * TagLength;

    /// <param name="key">32 bytes.</param>
    /// <param name="associated">Authenticated with each chunk, and not written.</param>
    /// <param name="content">Has exactly <paramref name="length"/> bytes left.</param>
    public static void Encrypt(byte[] key, byte[] associated, Stream content, long length, Stream to, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(key, TagLength);
        Span<byte> tag = stackalloc byte[TagLength];
        var (plain, sealed_) = (new byte[ChunkLength], new byte[ChunkLength]);
        for (var chunk = 0L; chunk < Chunks(length); chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = SizeOf(chunk, length);
            content.ReadExactly(plain, 0, size);
            aes.Encrypt(Nonce(chunk, length), plain.AsSpan(0, size), sealed_.AsSpan(0, size), tag, associated);
            to.Write(sealed_, 0, size);
            to.Write(tag);
        }
    }

    /// <summary>Writes nothing that has not been authenticated.</summary>
    /// <exception cref="AuthenticationTagMismatchException">The key is another one, or a chunk is not as it was written.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public static void Decrypt(byte[] key, byte[] associated, Stream from, long length, Stream to, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(key, TagLength);
        Span<byte> tag = stackalloc byte[TagLength];
        var (plain, sealed_) = (new byte[ChunkLength], new byte[ChunkLength]);
        for (var chunk = 0L; chunk < Chunks(length); chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = SizeOf(chunk, length);
            from.ReadExactly(sealed_, 0, size);
            from.ReadExactly(tag);
            aes.Decrypt(Nonce(chunk, length), sealed_.AsSpan(0, size), tag, plain.AsSpan(0, size), associated);
            to.Write(plain, 0, size);
        }
    }

    /// <summary>One at least, so that an empty content is authenticated as well.</summary>
    private static long Chunks(long length) => Math.Max(1, (length + ChunkLength - 1) / ChunkLength);

    private static int SizeOf(long chunk, long length) => (int)Math.Min(ChunkLength, length - chunk * ChunkLength);

    private static byte[] Nonce(long chunk, long length)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, chunk);
        nonce[^1] = chunk == Chunks(length) - 1 ? (byte)1 : (byte)0;
        return nonce;
    }
}
