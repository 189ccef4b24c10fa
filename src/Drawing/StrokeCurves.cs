using System.Runtime.InteropServices;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Drawing;

/// <summary>The curve from a point of a stroke to its next, as a cubic Bézier in quarter pixels: two handles and the end.</summary>
internal readonly record struct StrokeCurve((int X, int Y) From, (int X, int Y) To, StrokePoint End);

/// <summary>
/// The curves of one stroke, each from where the one before ends: centripetal Catmull-Rom, written as the equivalent cubic Bézier. To be
/// enumerated in place; a signature has hundreds of them, and is drawn for each who looks at it.
/// </summary>
/// <param name="stroke">One point or more.</param>
internal ref struct StrokeCurves(IReadOnlyList<StrokePoint> stroke)
{
    private readonly ReadOnlySpan<StrokePoint> points =
        stroke is List<StrokePoint> list ? CollectionsMarshal.AsSpan(list) : stroke.ToArray();

    private int next;
    private double before;
    private double here;

    public StrokeCurve Current { get; private set; }

    public readonly StrokeCurves GetEnumerator() => this;

    public bool MoveNext()
    {
        var i = next++;
        if (i + 1 >= points.Length)
            return false;
        var (from, to) = (points[i], points[i + 1]);
        if (i == 0)
            here = Spacing(from, to);
        var after = i + 2 < points.Length ? Spacing(to, points[i + 2]) : 0;
        Current = new StrokeCurve(Handle(points[Math.Max(i - 1, 0)], from, to, before, here),
            Handle(points[Math.Min(i + 2, points.Length - 1)], to, from, after, here), to);
        (before, here) = (here, after);
        return true;
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
}
