using System.Buffers.Text;

namespace SafetyCampaign.Load.Phones;

/// <summary>A signature of a usual size: strokes, version 1 (see the program's <c>Strokes</c>), of just over 1 KB.</summary>
internal static class Ink
{
    /// <summary>As a phone sends it: base64url without padding.</summary>
    public static string Signature { get; } = Base64Url.EncodeToString(Draw());

    /// <summary>
    /// Six strokes of 57 points, which wander right and swing up and down; three bytes a point, four where it swings wide.
    /// </summary>
    private static byte[] Draw()
    {
        List<byte> bytes = [];
        foreach (var number in (int[])[1, 1200, 600, 6])
            Write(bytes, (uint)number);
        for (var stroke = 0; stroke < 6; stroke++)
        {
            Write(bytes, 57);
            Point(bytes, 100 + 150 * stroke, 300, 0);
            for (var point = 1; point < 57; point++)
                Point(bytes, 2, point % 8 < 4 ? 40 : -40, 4);
        }
        return [.. bytes];
    }

    private static void Point(List<byte> bytes, int dx, int dy, uint steps)
    {
        Write(bytes, Zigzag(dx));
        Write(bytes, Zigzag(dy));
        Write(bytes, steps);
    }

    private static uint Zigzag(int value) => (uint)(value << 1) ^ (uint)(value >> 31);

    private static void Write(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
