using System.Runtime.CompilerServices;

namespace SafetyCampaign.Campaigns;

/// <summary>Why strokes were not accepted.</summary>
public enum StrokesProblem
{
    /// <summary>They are a signature.</summary>
    None,

    /// <summary>Not the format: cut off, bytes left over, a number out of range, a point outside the pad.</summary>
    Malformed,

    /// <summary>More than the limits allow.</summary>
    TooLarge,

    /// <summary>No stroke, or nothing but a dot: not a signature.</summary>
    Empty,
}

/// <summary>A point of the pen, in quarter pixels from the pad's top left, and milliseconds since the stroke began.</summary>
public readonly record struct StrokePoint(int X, int Y, int Milliseconds);

/// <summary>A handwritten signature as it was drawn: the pad's size in quarter pixels, and each stroke's points.</summary>
public sealed record Handwriting(int Width, int Height, IReadOnlyList<IReadOnlyList<StrokePoint>> Strokes);

/// <summary>
/// Strokes, version 1, the only form in which a handwritten signature travels and is stored. LEB128 varints:
/// <code>
/// 1 (format) · width · height (of the pad, quarter pixels) · number of strokes, then for each stroke:
///   number of points · first point: zigzag x, zigzag y, 0 · following points: zigzag dx, zigzag dy (quarter pixels), dt (4 ms steps)
/// </code>
/// At most <see cref="MaxStrokes"/> strokes, <see cref="MaxPoints"/> points, <see cref="MaxBytes"/> bytes; every
/// point inside the pad; no bytes left over. In JSON: base64url without padding. The phone writes it in <c>strokes.ts</c> and holds
/// to the same limits (<c>tests/contract/limits.json</c>).
/// </summary>
public static class Strokes
{
    /// <summary>The first number of every drawing.</summary>
    public const int Format = 1;

    /// <summary>The most strokes of one signature; a long Uyghur name in Chinese characters has 88.</summary>
    public const int MaxStrokes = 256;

    /// <summary>The most points of one signature, over all strokes.</summary>
    public const int MaxPoints = 4000;

    /// <summary>The most bytes of one signature, before base64url.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The unit of a point's time.</summary>
    public const int MillisecondsPerStep = 4;

    /// <summary>The largest pad side, in quarter pixels (10,000 pixels).</summary>
    public const int MaxSide = 40_000;

    /// <summary>Ink that stays within this many quarter pixels (8 pixels) is a dot: a touch, not a signature.</summary>
    public const int DotSize = 32;

    /// <summary>The same before it was raised; what was stored then is still decoded.</summary>
    private const int SmallestStored = 8;

    /// <summary>Checks bytes in one pass, without allocating.</summary>
    public static StrokesProblem Check(ReadOnlySpan<byte> bytes) => Read(bytes, null, DotSize, out _, out _);

    /// <summary>Decodes bytes that <see cref="Check"/> accepts, or has accepted when they were stored.</summary>
    /// <exception cref="FormatException">The bytes are not an acceptable signature.</exception>
    public static Handwriting Decode(ReadOnlySpan<byte> bytes)
    {
        var strokes = new List<List<StrokePoint>>();
        var problem = Read(bytes, strokes, SmallestStored, out var width, out var height);
        return problem == StrokesProblem.None
            ? new Handwriting(width, height, strokes)
            : throw new FormatException($"These are not the strokes of a signature: {problem}.");
    }

    private static StrokesProblem Read(
        ReadOnlySpan<byte> bytes, List<List<StrokePoint>>? into, int dotSize, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (bytes.Length > MaxBytes)
            return StrokesProblem.TooLarge;
        if (bytes.IsEmpty)
            return StrokesProblem.Empty;

        var reader = new VarintReader(bytes);
        if (!reader.TryRead(out var format) || format != Format
            || !reader.TryRead(out var padWidth) || padWidth is 0 or > MaxSide
            || !reader.TryRead(out var padHeight) || padHeight is 0 or > MaxSide
            || !reader.TryRead(out var strokeCount))
            return StrokesProblem.Malformed;
        (width, height) = ((int)padWidth, (int)padHeight);
        if (strokeCount > MaxStrokes)
            return StrokesProblem.TooLarge;

        var total = 0u;
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        for (var s = 0u; s < strokeCount; s++)
        {
            if (!reader.TryRead(out var pointCount) || pointCount == 0)
                return StrokesProblem.Malformed;
            if (pointCount > MaxPoints - total)
                return StrokesProblem.TooLarge;
            total += pointCount;

            var stroke = into is null ? null : new List<StrokePoint>((int)pointCount);
            var (x, y, milliseconds) = (0, 0, 0L);
            for (var p = 0u; p < pointCount; p++)
            {
                if (!reader.TryReadPoint(out var dx, out var dy, out var steps))
                    return StrokesProblem.Malformed;
                // A step that would overflow leaves the pad as well: what was before lies inside, and no pad is that large.
                x = unchecked(x + dx);
                y = unchecked(y + dy);
                milliseconds += steps * (long)MillisecondsPerStep;
                if ((uint)x > padWidth || (uint)y > padHeight || (p == 0 && steps != 0))
                    return StrokesProblem.Malformed;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
                stroke?.Add(new StrokePoint(x, y, (int)milliseconds));
            }
            if (milliseconds > int.MaxValue)
                return StrokesProblem.Malformed;
            if (stroke is not null)
                into!.Add(stroke);
        }
        if (!reader.AtEnd)
            return StrokesProblem.Malformed;
        return total == 0 || Math.Max(right - left, bottom - top) < dotSize ? StrokesProblem.Empty : StrokesProblem.None;
    }

    /// <summary>
    /// Reads LEB128 numbers of at most 32 bits, each in its shortest encoding, so that one drawing has exactly one
    /// encoding.
    /// </summary>
    private ref struct VarintReader(ReadOnlySpan<byte> bytes)
    {
        private const long NoNumber = -1;

        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int next;

        public readonly bool AtEnd => next == bytes.Length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryRead(out uint value)
        {
            var read = ReadLong(bytes, next);
            value = (uint)read;
            if (read == NoNumber)
                return false;
            next = (int)(read >> 32);
            return true;
        }

        /// <summary>Nearly every point is three small steps, a byte each: those are read at once, the others one by one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryReadPoint(out int dx, out int dy, out uint steps)
        {
            if (bytes.Length - next >= 3)
            {
                var point = bytes.Slice(next, 3);
                if ((point[0] | point[1] | point[2]) < 0x80)
                {
                    (dx, dy, steps) = (Zigzag(point[0]), Zigzag(point[1]), point[2]);
                    next += 3;
                    return true;
                }
            }
            var isWhole = TryRead(out var x) & TryRead(out var y) & TryRead(out steps);
            (dx, dy) = (Zigzag(x), Zigzag(y));
            return isWhole;
        }

        private static int Zigzag(uint raw) => (int)(raw >> 1) ^ -(int)(raw & 1);

        /// <summary>
        /// In one value, so that the reader itself can stay in registers: the number, and above it the place behind it;
        /// <see cref="NoNumber"/> where there is none.
        /// </summary>
        private static long ReadLong(ReadOnlySpan<byte> bytes, int next)
        {
            var value = 0u;
            for (var shift = 0; shift < 35; shift += 7)
            {
                if (next >= bytes.Length)
                    return NoNumber;
                var b = bytes[next++];
                if (shift == 28 && b > 0x0F)
                    return NoNumber;
                value |= (uint)(b & 0x7F) << shift;
                if (b < 0x80)
                    return b != 0 || shift == 0 ? ((long)next << 32) | value : NoNumber;
            }
            return NoNumber;
        }
    }
}
