using System.Buffers.Binary;
using System.IO.Hashing;

namespace SafetyCampaign.Drawing;

/// <summary>Writes PNG files (ISO/IEC 15948) in the colours of <see cref="Palette"/>.</summary>
internal static class PalettePng
{
    private const int BitsPerPixel = 4, ByPalette = 3;
    private const uint AdlerBase = 65521;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Deflate, a window of 32 KB.</summary>
    private static readonly byte[] ZlibHeader = [0x78, 0x9c];

    /// <summary>A last block, with nothing in it.</summary>
    private static readonly byte[] LastBlock = [0x03, 0x00];

    /// <summary>Bytes of a row, without that of its filter.</summary>
    public static int RowBytes(int width) => width * BitsPerPixel / 8;

    /// <summary>The file up to its first band.</summary>
    public static byte[] Head(int width, int height)
    {
        Span<byte> header = stackalloc byte[13];
        header.Clear(); // deflate, filters a row, not interlaced
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitsPerPixel, ByPalette);
        return [.. Signature, .. Chunk("IHDR"u8, header), .. Chunk("PLTE"u8, Palette.Plte), .. Chunk("IDAT"u8, ZlibHeader)];
    }

    /// <summary>The whole file.</summary>
    /// <param name="head">See <see cref="Head"/>.</param>
    /// <param name="bands">All rows, from the top.</param>
    public static byte[] File(byte[] head, IReadOnlyList<PngBand> bands)
    {
        var checksum = 1u;
        foreach (var band in bands)
            checksum = Combine(checksum, band.Checksum, band.Length);
        Span<byte> last = stackalloc byte[LastBlock.Length + sizeof(uint)];
        LastBlock.CopyTo(last);
        BinaryPrimitives.WriteUInt32BigEndian(last[LastBlock.Length..], checksum);
        byte[] end = [.. Chunk("IDAT"u8, last), .. Chunk("IEND"u8, [])];
        var file = new byte[head.Length + bands.Sum(band => band.Chunk.Length) + end.Length];
        head.CopyTo(file, 0);
        var at = head.Length;
        foreach (var band in bands)
        {
            band.Chunk.CopyTo(file, at);
            at += band.Chunk.Length;
        }
        end.CopyTo(file, at);
        return file;
    }

    /// <summary>Length, type, content, and CRC-32 of type and content.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>Adler-32 over two pieces of data, from that of each and the length of the second.</summary>
    private static uint Combine(uint first, uint second, int length)
    {
        var (a, b) = (first & 0xffff, first >> 16);
        var (a2, b2) = (second & 0xffff, second >> 16);
        var sum = (a + a2 + AdlerBase - 1) % AdlerBase;
        var sums = (uint)(((ulong)length * (a + AdlerBase - 1) + b + b2) % AdlerBase);
        return sums << 16 | sum;
    }
}
