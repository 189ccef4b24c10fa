using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Leaves out those points of a stroke that stand within a tolerance of the line through the others (Ramer, Douglas and Peucker), as
/// nobody sees them at the size of print. The first and the last stay.
/// </summary>
internal static class StrokeSimplification
{
    /// <param name="handwriting">As it was written.</param>
    /// <param name="tolerance">In its own unit, quarter pixels of the pad.</param>
    public static Handwriting Simplify(this Handwriting handwriting, double tolerance) =>
        handwriting with { Strokes = [.. handwriting.Strokes.Select(stroke => Simplify(stroke, tolerance))] };

    private static IReadOnlyList<StrokePoint> Simplify(IReadOnlyList<StrokePoint> stroke, double tolerance)
    {
        if (stroke.Count <= 2)
            return stroke;
        var stays = new bool[stroke.Count];
        stays[0] = stays[^1] = true;
        var stretches = new Stack<(int First, int Last)>([(0, stroke.Count - 1)]);
        while (stretches.TryPop(out var stretch))
        {
            var (first, last) = stretch;
            var (furthest, distance) = (first, tolerance);
            for (var i = first + 1; i < last; i++)
                if (Distance(stroke[i], stroke[first], stroke[last]) is var here && here > distance)
                    (furthest, distance) = (i, here);
            if (furthest == first)
                continue;
            stays[furthest] = true;
            stretches.Push((first, furthest));
            stretches.Push((furthest, last));
        }
        return [.. stroke.Where((_, i) => stays[i])];
    }

    /// <summary>From a point to the stretch between two others.</summary>
    private static double Distance(StrokePoint point, StrokePoint from, StrokePoint to)
    {
        var (x, y) = ((double)to.X - from.X, (double)to.Y - from.Y);
        var (ofX, ofY) = ((double)point.X - from.X, (double)point.Y - from.Y);
        var length = x * x + y * y;
        var along = length > 0 ? Math.Clamp((ofX * x + ofY * y) / length, 0, 1) : 0;
        var (byX, byY) = (ofX - along * x, ofY - along * y);
        return Math.Sqrt(byX * byX + byY * byY);
    }
}
