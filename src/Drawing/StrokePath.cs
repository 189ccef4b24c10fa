using System.Buffers;
using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Drawing;

/// <summary>
/// A handwritten signature as one SVG path, to be stroked with round caps and joins: <see cref="Data"/> for the
/// <c>d</c> attribute, and the <see cref="ViewBox"/> that shows the ink with <see cref="Margin"/> around it. All in
/// the strokes' own unit, quarter pixels of the pad.
/// </summary>
public sealed record StrokePath(string Data, string ViewBox)
{
    /// <summary>Room for half the pen on every side, in quarter pixels.</summary>
    public const int Margin = 24;

    // In characters: a sign or a space and the digits of a coordinate, none of which is larger than Strokes.MaxSide.
    private const int NumberMaxLength = 12;
    private const int StartMaxLength = 1 + 2 * NumberMaxLength + 2;
    private const int CurveMaxLength = 1 + 6 * NumberMaxLength;

    /// <summary>Draws strokes that the ledger has stored.</summary>
    /// <exception cref="FormatException">The bytes are not an acceptable signature.</exception>
    public static StrokePath Of(ReadOnlySpan<byte> strokes) => Of(Strokes.Decode(strokes));

    /// <summary>
    /// Draws through every point: the phone has thinned them out, so each of them matters. Between two points runs a
    /// centripetal Catmull-Rom curve, which has neither overshoots nor loops where points are unevenly spaced, as they
    /// are after thinning; it is written as the equivalent cubic Bézier.
    /// </summary>
    public static StrokePath Of(Handwriting handwriting)
    {
        var room = ArrayPool<char>.Shared.Rent(handwriting.Strokes.Sum(stroke => StartMaxLength + CurveMaxLength * stroke.Count));
        try
        {
            var data = new PathWriter(room);
            foreach (var stroke in handwriting.Strokes)
                Draw(stroke, ref data);
            return new StrokePath(data.ToString(), Around(handwriting));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room, clearArray: true); // no signature stays in the pool
        }
    }

    /// <summary>Each curve from where the one before ends, which takes half of the digits.</summary>
    private static void Draw(IReadOnlyList<StrokePoint> points, ref PathWriter data)
    {
        var here = points[0];
        data.Add('M', here.X, here.Y);
        if (points.Count == 1)
            data.Add('h', 0); // a round cap on a line of no length is a dot
        foreach (var (from, to, end) in new StrokeCurves(points))
        {
            data.Add('c', from.X - here.X, from.Y - here.Y, to.X - here.X, to.Y - here.Y, end.X - here.X, end.Y - here.Y);
            here = end;
        }
    }

    /// <summary>Writes commands of a path into an array that is long enough.</summary>
    private ref struct PathWriter(Span<char> into)
    {
        private readonly Span<char> into = into;
        private int length;

        public void Add(char command, params ReadOnlySpan<int> numbers)
        {
            into[length++] = command;
            for (var i = 0; i < numbers.Length; i++)
            {
                // A sign parts it from the number before.
                if (numbers[i] < 0)
                    into[length++] = '-';
                else if (i > 0)
                    into[length++] = ' ';
                ((uint)Math.Abs(numbers[i])).TryFormat(into[length..], out var written);
                length += written;
            }
        }

        public readonly override string ToString() => new(into[..length]);
    }

    private static string Around(Handwriting handwriting)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var stroke in handwriting.Strokes)
            for (var i = 0; i < stroke.Count; i++)
            {
                var point = stroke[i];
                (left, top, right, bottom) = (Math.Min(left, point.X), Math.Min(top, point.Y),
                    Math.Max(right, point.X), Math.Max(bottom, point.Y));
            }
        return string.Create(CultureInfo.InvariantCulture,
            $"{left - Margin} {top - Margin} {right - left + 2 * Margin} {bottom - top + 2 * Margin}");
    }
}
