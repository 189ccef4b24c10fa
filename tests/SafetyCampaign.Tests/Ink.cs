using System.Buffers.Text;

namespace SafetyCampaign.Tests;

/// <summary>Writes strokes, version 1, number by number, so that a test can also write them wrong.</summary>
public sealed class Ink
{
    private readonly List<byte> bytes = [];

    /// <summary>A signature as the pad sends it: base64url of two strokes across a pad of 300 by 150 pixels.</summary>
    public static string Signature { get; } = Base64Url.EncodeToString(Draw([(100, 100), (400, 300), (800, 120)], [(300, 80), (300, 480)]));

    /// <summary>The bytes of strokes given as points in quarter pixels.</summary>
    public static byte[] Draw(params (int X, int Y)[][] strokes)
    {
        var ink = new Ink().Pad(1200, 600).Number((uint)strokes.Length);
        foreach (var points in strokes)
            ink.Stroke(points);
        return ink.ToArray();
    }

    public Ink Pad(uint width, uint height) => Number(1).Number(width).Number(height);

    public Ink Stroke(params (int X, int Y)[] points)
    {
        Number((uint)points.Length);
        var (x, y) = (0, 0);
        for (var i = 0; i < points.Length; i++)
        {
            Zigzag(points[i].X - x).Zigzag(points[i].Y - y).Number(i == 0 ? 0u : 4u);
            (x, y) = points[i];
        }
        return this;
    }

    public Ink Zigzag(int value) => Number((uint)(value << 1) ^ (uint)(value >> 31));

    public Ink Number(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return Raw((byte)value);
    }

    public Ink Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public byte[] ToArray() => [.. bytes];
}
