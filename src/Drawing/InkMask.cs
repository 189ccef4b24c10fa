using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// A handwriting's path as a round pen covers the pixels of a box: each by its distance from the nearest piece of the path. Skia's stroking
/// makes outlines of all curves first and fills those, which takes ten times as long for the 700 curves of a family.
/// </summary>
internal sealed class InkMask : IDisposable
{
    /// <summary>How far a straight piece may be from the curve that it stands for, in pixels.</summary>
    private const float Tolerance = 0.2f;

    private static readonly Vector<float> Lanes = Vector.CreateSequence(0f, 1f);

    private readonly int width;
    private readonly int height;
    private readonly float pen;

    /// <summary>So that a whole vector can be written at the last pixel of a row.</summary>
    private readonly int stride;

    /// <summary>From 0 (no ink) to 1.</summary>
    private readonly float[] coverage;

    /// <param name="pen">Its width, in pixels.</param>
    public InkMask(int width, int height, float pen)
    {
        (this.width, this.height, this.pen, stride) = (width, height, pen, width + Vector<float>.Count);
        coverage = ArrayPool<float>.Shared.Rent(Size);
        coverage.AsSpan(0, Size).Clear();
    }

    private int Size => stride * height;

    /// <summary>A point where the pen was set down and lifted.</summary>
    public void Dot(SKPoint at) => Line(at, at);

    /// <summary>A cubic Bézier curve, in as many straight pieces as it needs.</summary>
    public void Curve(SKPoint start, SKPoint from, SKPoint to, SKPoint end)
    {
        // Between points of n equal steps, no chord is farther from the curve than 6/8 of its second differences over n².
        var bend = Math.Max(SecondDifference(start, from, to), SecondDifference(from, to, end));
        var pieces = Math.Max(1, (int)MathF.Ceiling(MathF.Sqrt(0.75f * bend / Tolerance)));
        var last = start;
        for (var piece = 1; piece <= pieces; piece++)
        {
            var t = piece / (float)pieces;
            var (s, next) = (1 - t, end);
            if (piece < pieces)
                next = new SKPoint(Cubic(start.X, from.X, to.X, end.X), Cubic(start.Y, from.Y, to.Y, end.Y));
            Line(last, next);
            last = next;

            float Cubic(float a, float b, float c, float d) => s * s * s * a + 3 * s * t * (s * b + t * c) + t * t * t * d;
        }
    }

    /// <summary>Draws what is covered in a colour; the mask is used up.</summary>
    /// <remarks>
    /// In the page's own order of colours, since a mask of coverage alone would go through Skia's general pipeline; and in the memory of
    /// the coverage, since that of new pages costs more than the drawing.
    /// </remarks>
    public void Draw(SKCanvas canvas, float left, float top, SKColor colour)
    {
        Span<uint> shades = stackalloc uint[256];
        for (var shade = 0; shade < shades.Length; shade++)
            shades[shade] = (uint)SKPMColor.PreMultiply(colour.WithAlpha((byte)shade));
        var pixels = MemoryMarshal.Cast<float, uint>(coverage.AsSpan(0, Size));
        for (var i = 0; i < pixels.Length; i++)
            if (pixels[i] != 0)
                pixels[i] = shades[(int)(BitConverter.UInt32BitsToSingle(pixels[i]) * 255 + 0.5f)];
        var pinned = GCHandle.Alloc(coverage, GCHandleType.Pinned);
        try
        {
            using var ink = new SKBitmap();
            ink.InstallPixels(new SKImageInfo(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Premul),
                pinned.AddrOfPinnedObject(), stride * sizeof(float));
            canvas.DrawBitmap(ink, left, top);
        }
        finally
        {
            pinned.Free();
        }
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(coverage);

    private static float SecondDifference(SKPoint a, SKPoint b, SKPoint c) => (a - b - b + c).Length;

    /// <summary>A straight piece with round ends. A pixel is asked for by its middle.</summary>
    private void Line(SKPoint a, SKPoint b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var squared = dx * dx + dy * dy;
        var inverse = squared > 0 ? 1 / squared : 0;
        var reach = pen / 2 + 0.5f;
        var bottom = Math.Min(height - 1, (int)(Math.Max(a.Y, b.Y) + reach - 0.5f));
        for (var y = Math.Max(0, (int)MathF.Ceiling(Math.Min(a.Y, b.Y) - reach - 0.5f)); y <= bottom; y++)
        {
            var toY = y + 0.5f - a.Y;
            // Only that part of the piece can reach this row which is no farther above or below it.
            var (one, other) = dy == 0 ? (0, 1) : (Math.Clamp((toY - reach) / dy, 0, 1), Math.Clamp((toY + reach) / dy, 0, 1));
            var (left, right) = (a.X + Math.Min(one * dx, other * dx) - reach, a.X + Math.Max(one * dx, other * dx) + reach);
            var end = Math.Min(width, (int)(right + 0.5f) + 1);
            for (var x = Math.Max(0, (int)MathF.Ceiling(left - 0.5f)); x < end; x += Vector<float>.Count)
            {
                var toX = Lanes + new Vector<float>(x + 0.5f - a.X);
                var along = Vector.ClampNative((toX * dx + new Vector<float>(toY * dy)) * inverse, Vector<float>.Zero, Vector<float>.One);
                var (offX, offY) = (toX - along * dx, new Vector<float>(toY) - along * dy);
                var ink = Vector.ClampNative(new Vector<float>(reach) - Vector.SquareRoot(offX * offX + offY * offY),
                    Vector<float>.Zero, Vector<float>.One);
                var known = new Vector<float>(coverage, y * stride + x);
                Vector.MaxNative(known, ink).CopyTo(coverage, y * stride + x);
            }
        }
    }
}
