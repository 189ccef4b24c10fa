using System.Globalization;
using System.Text;
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
        var data = new StringBuilder();
        foreach (var stroke in handwriting.Strokes)
            Draw(stroke, data);
        return new StrokePath(data.ToString(), Around(handwriting));
    }

    /// <summary>Each curve from where the one before ends, which takes half of the digits.</summary>
    private static void Draw(IReadOnlyList<StrokePoint> points, StringBuilder data)
    {
        var here = points[0];
        data.Append('M').Append(here.X).Append(' ').Append(here.Y);
        if (points.Count == 1)
            data.Append("h0"); // a round cap on a line of no length is a dot
        foreach (var (from, to, end) in CurvesOf(points))
        {
            data.Append('c');
            Add(from.X - here.X);
            Add(from.Y - here.Y);
            Add(to.X - here.X);
            Add(to.Y - here.Y);
            Add(end.X - here.X);
            Add(end.Y - here.Y);
            here = end;
        }

        // A sign parts it from the number before.
        void Add(int number)
        {
            if (number >= 0 && data[^1] != 'c')
                data.Append(' ');
            if (number < 0)
                data.Append('-');
            data.Append((uint)Math.Abs(number));
        }
    }

    /// <summary>The curves from each point of a stroke to its next: two handles and the end.</summary>
    internal static IEnumerable<((int X, int Y) From, (int X, int Y) To, StrokePoint End)> CurvesOf(IReadOnlyList<StrokePoint> points)
    {
        var (before, here) = (0.0, points.Count > 1 ? Spacing(points[0], points[1]) : 0);
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var after = i + 2 < points.Count ? Spacing(to, points[i + 2]) : 0;
            yield return (Handle(points[Math.Max(i - 1, 0)], from, to, before, here),
                Handle(points[Math.Min(i + 2, points.Count - 1)], to, from, after, here), to);
            (before, here) = (here, after);
        }
    }

    /// <summary>
    /// The Bézier handle at <paramref name="at"/> on the way to <paramref name="towards"/>, coming from
    /// <paramref name="before"/>.
    /// </summary>
    /// <param name="a">Spacing of the two before.</param>
    /// <param name="b">Spacing of the two towards.</param>
    private static (int X, int Y) Handle(StrokePoint before, StrokePoint at, StrokePoint towards, double a, double b)
    {
        if (a == 0 || b == 0)
            return (at.X, at.Y);
        var (ofTowards, ofBefore, ofAt) = (a * a, b * b, 2 * a * a + 3 * a * b + b * b);
        var all = 3 * a * (a + b);
        return ((int)Math.Round((ofTowards * towards.X - ofBefore * before.X + ofAt * at.X) / all),
            (int)Math.Round((ofTowards * towards.Y - ofBefore * before.Y + ofAt * at.Y) / all));
    }

    /// <summary>Centripetal: the square root of the distance.</summary>
    private static double Spacing(StrokePoint a, StrokePoint b)
    {
        var (x, y) = ((double)a.X - b.X, (double)a.Y - b.Y);
        return Math.Sqrt(Math.Sqrt(x * x + y * y));
    }

    private static string Around(Handwriting handwriting)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var stroke in handwriting.Strokes)
            foreach (var point in stroke)
                (left, top, right, bottom) = (Math.Min(left, point.X), Math.Min(top, point.Y),
                    Math.Max(right, point.X), Math.Max(bottom, point.Y));
        return string.Create(CultureInfo.InvariantCulture,
            $"{left - Margin} {top - Margin} {right - left + 2 * Margin} {bottom - top + 2 * Margin}");
    }
}
