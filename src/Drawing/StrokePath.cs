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
        return new StrokePath(data.ToString(), Around([.. handwriting.Strokes.SelectMany(s => s)]));
    }

    private static void Draw(IReadOnlyList<StrokePoint> points, StringBuilder data)
    {
        data.Append(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}");
        if (points.Count == 1)
            data.Append("h0"); // a round cap on a line of no length is a dot
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var (x1, y1) = Handle(points[Math.Max(i - 1, 0)], from, to);
            var (x2, y2) = Handle(points[Math.Min(i + 2, points.Count - 1)], to, from);
            data.Append(CultureInfo.InvariantCulture, $"C{x1} {y1} {x2} {y2} {to.X} {to.Y}");
        }
    }

    /// <summary>
    /// The Bézier handle at <paramref name="at"/> on the way to <paramref name="towards"/>, coming from
    /// <paramref name="before"/>.
    /// </summary>
    private static (int X, int Y) Handle(StrokePoint before, StrokePoint at, StrokePoint towards)
    {
        var (a, b) = (Spacing(before, at), Spacing(at, towards));
        if (a == 0 || b == 0)
            return (at.X, at.Y);
        var (ofTowards, ofBefore, ofAt) = (a * a, b * b, 2 * a * a + 3 * a * b + b * b);
        var all = 3 * a * (a + b);
        return ((int)Math.Round((ofTowards * towards.X - ofBefore * before.X + ofAt * at.X) / all),
            (int)Math.Round((ofTowards * towards.Y - ofBefore * before.Y + ofAt * at.Y) / all));
    }

    /// <summary>Centripetal: the square root of the distance.</summary>
    private static double Spacing(StrokePoint a, StrokePoint b) => Math.Sqrt(Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)));

    private static string Around(IReadOnlyList<StrokePoint> ink)
    {
        var (left, top) = (ink.Min(p => p.X) - Margin, ink.Min(p => p.Y) - Margin);
        var (right, bottom) = (ink.Max(p => p.X) + Margin, ink.Max(p => p.Y) + Margin);
        return string.Create(CultureInfo.InvariantCulture, $"{left} {top} {right - left} {bottom - top}");
    }
}
