using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>Finds the four black squares of a sheet, whose place is roughly known from its QR code.</summary>
public static class CornerMarks
{
    /// <summary>Of a pixel's surroundings; darker is black.</summary>
    private const float Dark = 0.7f;

    /// <summary>How far from its expected place a mark is looked for, of its distance from the code: a tilt of 15° and more.</summary>
    private const float Leeway = 0.3f;

    /// <summary>How exactly the marks must agree with the code, in points of the sheet.</summary>
    private const float MaxDeviation = 5;

    /// <summary>How a sheet lies; null where one of its marks is not in the photo.</summary>
    /// <param name="photo">The whole photo.</param>
    /// <param name="code">The sheet's code in it.</param>
    public static Homography? Find(GrayImage photo, FoundCode code)
    {
        if (Homography.OfThree(ClassSheetLayout.Finders, code.Finders) is not { } rough)
            return null;
        // The middle of a square is known to a fraction of a pixel, so that half the size is enough.
        var scale = ScaleOf(code);
        var half = scale > 1.4f;
        var image = half ? photo.Halved() : photo;
        var factor = half ? 2 : 1;
        var squares = Squares(image, ClassSheetLayout.MarkSide * scale / factor).ConvertAll(s => new SKPoint(s.X * factor, s.Y * factor));
        var middle = new SKPoint(ClassSheetLayout.Code.MidX, ClassSheetLayout.Code.MidY);
        var candidates = ClassSheetLayout.Marks.Select(mark =>
        {
            var expected = rough.Map(mark);
            var leeway = scale * (10 + Leeway * SKPoint.Distance(mark, middle));
            return squares.Where(s => SKPoint.Distance(s, expected) < leeway).OrderBy(s => SKPoint.Distance(s, expected)).Take(5).ToList();
        }).ToList();
        return Best(candidates, code, MaxDeviation * scale);
    }

    /// <summary>Pixels a point, beside the code.</summary>
    public static float ScaleOf(FoundCode code)
    {
        var side = SKPoint.Distance(ClassSheetLayout.Finders[0], ClassSheetLayout.Finders[1]);
        return (SKPoint.Distance(code.Finders[0], code.Finders[1]) + SKPoint.Distance(code.Finders[1], code.Finders[2])) / (2 * side);
    }

    /// <summary>The four of the candidates by which the code lies where it was found.</summary>
    private static Homography? Best(List<List<SKPoint>> candidates, FoundCode code, float maxDeviation)
    {
        Homography? best = null;
        foreach (var a in candidates[0])
            foreach (var b in candidates[1])
                foreach (var c in candidates[2])
                    foreach (var d in candidates[3])
                        if (Homography.Of(ClassSheetLayout.Marks, [a, b, c, d]) is { } tried
                            && DeviationOf(tried, code) is var deviation
                            && deviation < maxDeviation)
                            (best, maxDeviation) = (tried, deviation);
        return best;
    }

    private static float DeviationOf(Homography tried, FoundCode code) =>
        ClassSheetLayout.Finders.Select((finder, i) => SKPoint.Distance(tried.Map(finder), code.Finders[i])).Max();

    /// <summary>The middles of black areas that are as large and as compact as a square of that side.</summary>
    private static List<SKPoint> Squares(GrayImage image, float side)
    {
        var dark = DarkPixels(image, (int)Math.Max(6, 2 * side));
        var (found, stack) = (new List<SKPoint>(), new Stack<int>());
        var (smallest, largest) = (0.45f * side * side, 2f * side * side);
        for (var start = 0; start < dark.Length; start++)
        {
            if (!dark[start])
                continue;
            long area = 0, sumX = 0, sumY = 0, squares = 0;
            dark[start] = false;
            stack.Push(start);
            while (stack.TryPop(out var i))
            {
                var (x, y) = (i % image.Width, i / image.Width);
                (area, sumX, sumY, squares) = (area + 1, sumX + x, sumY + y, squares + (long)x * x + (long)y * y);
                if (x > 0)
                    Visit(i - 1);
                if (x + 1 < image.Width)
                    Visit(i + 1);
                if (y > 0)
                    Visit(i - image.Width);
                if (y + 1 < image.Height)
                    Visit(i + image.Width);
            }
            if (area < smallest || area > largest)
                continue;
            var (middleX, middleY) = ((double)sumX / area, (double)sumY / area);
            var spread = (double)squares / area - middleX * middleX - middleY * middleY;
            // A filled square has the spread of a sixth of its area, whichever way it lies; anything longer or with holes a larger one.
            if (area / (6 * spread) > 0.86)
                found.Add(new SKPoint((float)middleX + 0.5f, (float)middleY + 0.5f));
        }
        return found;

        void Visit(int i)
        {
            if (!dark[i])
                return;
            dark[i] = false;
            stack.Push(i);
        }
    }

    /// <summary>The pixels that are much darker than the mean of a window around them, by a table of sums.</summary>
    private static bool[] DarkPixels(GrayImage image, int radius)
    {
        var (width, height) = (image.Width, image.Height);
        var sums = new int[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            var row = 0;
            for (var x = 0; x < width; x++)
            {
                row += image.Pixels[y * width + x];
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        var dark = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - radius) * (width + 1), Math.Min(height, y + radius + 1) * (width + 1));
            var rows = (bottom - top) / (width + 1);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Math.Max(0, x - radius), Math.Min(width, x + radius + 1));
                var sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
                dark[y * width + x] = image.Pixels[y * width + x] * rows * (right - left) < Dark * sum;
            }
        }
        return dark;
    }
}
