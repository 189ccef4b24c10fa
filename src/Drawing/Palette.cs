using System.Runtime.InteropServices;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// The 13 colours of a certificate, two pixels a byte in its PNG. The first eleven are drawn as areas and kept exactly; the others are
/// what the edges of its letters need most. With a grey more the picture weighs 1.5 KB more; without it one dot in a thousand differs by
/// more than 24 of 255 at 400 px, and none by more than 35. A fixed table takes a pixel to its
/// nearest colour at some 0.3 ns, where looking for a palette of its own took a picture tens of milliseconds.
/// </summary>
internal static class Palette
{
    /// <summary>As 0xRRGGBB.</summary>
    private static readonly int[] Colours =
    [
        0xffffff, 0xf3fafb, 0x0b3c5d, 0x137c8b, 0xcde6ea, 0x6cb8c2, 0xd9480f, 0x46606d, 0x12263a, 0x000000, 0xf7d7ca,
        0x3f434e, 0xa6b1ba,
    ];

    /// <summary>Where red lies in a pixel of <see cref="CertificateDrawing.NewPage"/>, in bits; blue is at the other end, green between.</summary>
    private static readonly int RedShift = SKImageInfo.PlatformColorRedShift, BlueShift = SKImageInfo.PlatformColorBlueShift;

    /// <summary>The nearest colour by the upper bits of red (5), green (6) and blue (5).</summary>
    private static readonly byte[] Nearest = MakeNearest();

    /// <summary>The two pixels of a byte as they lie in a bitmap.</summary>
    private static readonly ulong[] Pairs = MakePairs();

    /// <summary>The content of a PNG's PLTE chunk: three bytes a colour.</summary>
    public static byte[] Plte { get; } =
        [.. Colours.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })];

    /// <summary>Maps pixels to colours.</summary>
    /// <param name="pixels">Four bytes each in the machine's order, opaque, an even number.</param>
    /// <param name="row">One byte for each two pixels, the left one in its upper half.</param>
    public static void Map(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        var pairs = MemoryMarshal.Cast<byte, ulong>(pixels);
        var (last, mapped) = (~pairs[0], (byte)0);
        for (var i = 0; i < pairs.Length; i++)
        {
            // Most pixels are as those to their left.
            if (pairs[i] == last && i + 1 < pairs.Length && pairs[i + 1] == last)
            {
                var run = pairs[i..].IndexOfAnyExcept(last);
                run = run < 0 ? pairs.Length - i : run;
                row.Slice(i, run).Fill(mapped);
                i += run - 1;
                continue;
            }
            if (pairs[i] != last)
            {
                last = pairs[i];
                mapped = (byte)(Nearest[Bucket((uint)last)] << 4 | Nearest[Bucket((uint)(last >> 32))]);
            }
            row[i] = mapped;
        }
    }

    /// <summary>The other way round.</summary>
    public static void Unmap(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        var pairs = MemoryMarshal.Cast<byte, ulong>(pixels);
        for (var i = 0; i < row.Length; i++)
            pairs[i] = Pairs[row[i]];
    }

    /// <param name="pixel">Red and blue where the machine has them, green in the second byte.</param>
    private static int Bucket(uint pixel) =>
        (int)((pixel >> RedShift & 0xf8) << 8 | (pixel >> 5 & 0x7e0) | (pixel >> (BlueShift + 3) & 0x1f));

    private static uint Pixel(int colour) =>
        0xff000000 | (uint)(colour & 0xff) << BlueShift | (uint)(colour & 0xff00) | (uint)(colour >> 16) << RedShift;

    private static byte[] MakeNearest()
    {
        var nearest = new byte[1 << 16];
        for (var bucket = 0; bucket < nearest.Length; bucket++)
        {
            var (red, green, blue) = ((bucket >> 11) * 255 / 31, (bucket >> 5 & 63) * 255 / 63, (bucket & 31) * 255 / 31);
            nearest[bucket] = (byte)Array.IndexOf(Colours, Colours.MinBy(colour => Distance(colour, red, green, blue)));
        }
        for (var i = 0; i < Colours.Length; i++)
            nearest[Bucket(Pixel(Colours[i]))] = (byte)i;
        return nearest;
    }

    /// <summary>Squared, weighted as eyes see the three.</summary>
    private static int Distance(int colour, int red, int green, int blue)
    {
        var (r, g, b) = ((colour >> 16) - red, (colour >> 8 & 0xff) - green, (colour & 0xff) - blue);
        return 2 * r * r + 4 * g * g + 3 * b * b;
    }

    private static ulong[] MakePairs()
    {
        var pairs = new ulong[256];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = Pixel(Of(i >> 4)) | (ulong)Pixel(Of(i & 15)) << 32;
        return pairs;

        static int Of(int place) => place < Colours.Length ? Colours[place] : 0; // no pixel is mapped to the last places
    }
}
