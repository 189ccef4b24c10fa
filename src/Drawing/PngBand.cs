using System.Buffers.Binary;
using System.IO.Compression;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Some rows of a picture as a whole chunk of its PNG: compressed by themselves and up to a whole byte, so that the chunks of
/// several bands one after the other are one zlib stream, and those that never change are compressed once.
/// </summary>
/// <param name="Chunk">An IDAT chunk.</param>
/// <param name="Checksum">Adler-32 over the rows.</param>
/// <param name="Length">Of the rows, in bytes.</param>
internal sealed record PngBand(byte[] Chunk, uint Checksum, int Length)
{
    private const int ZlibHeader = 2, ZlibChecksum = 4;

    /// <param name="rows">Each with the byte of its filter before it.</param>
    /// <param name="compression">Its level.</param>
    public static PngBand Of(ReadOnlySpan<byte> rows, ZLibCompressionOptions compression)
    {
        using var written = new MemoryStream(rows.Length / 4 + 64);
        int end;
        using (var zlib = new ZLibStream(written, compression, leaveOpen: true))
        {
            zlib.Write(rows);
            zlib.Flush();
            end = (int)written.Length;
        }
        // What closing wrote: the end of the stream, and the checksum over what went in.
        var all = written.GetBuffer().AsSpan(0, (int)written.Length);
        var checksum = BinaryPrimitives.ReadUInt32BigEndian(all[^ZlibChecksum..]);
        return new PngBand(PalettePng.Chunk("IDAT"u8, all[ZlibHeader..end]), checksum, rows.Length);
    }
}
