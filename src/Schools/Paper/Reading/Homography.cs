using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>How a flat sheet lies in a photo: from points of the sheet to pixels of the photo, by central projection.</summary>
public sealed class Homography
{
    private readonly double[] m;

    private Homography(double[] values) => m = values;

    /// <summary>The one that takes four points to four others; null where three of them lie on one line.</summary>
    public static Homography? Of(IReadOnlyList<SKPoint> from, IReadOnlyList<SKPoint> to)
    {
        // Eight equations for eight unknowns, the ninth value being 1.
        var a = new double[8, 9];
        for (var i = 0; i < 4; i++)
        {
            var (x, y, u, v) = ((double)from[i].X, (double)from[i].Y, (double)to[i].X, (double)to[i].Y);
            double[] first = [x, y, 1, 0, 0, 0, -u * x, -u * y, u], second = [0, 0, 0, x, y, 1, -v * x, -v * y, v];
            for (var k = 0; k < 9; k++)
                (a[2 * i, k], a[2 * i + 1, k]) = (first[k], second[k]);
        }
        return Solve(a) is { } values ? new Homography([.. values, 1]) : null;
    }

    /// <summary>The affine one that takes three points to three others.</summary>
    public static Homography? OfThree(IReadOnlyList<SKPoint> from, IReadOnlyList<SKPoint> to) =>
        Of([.. from, from[0] + (from[2] - from[1])], [.. to, to[0] + (to[2] - to[1])]);

    /// <summary>Where a point comes to lie.</summary>
    public SKPoint Map(float x, float y)
    {
        var w = m[6] * x + m[7] * y + m[8];
        return new SKPoint((float)((m[0] * x + m[1] * y + m[2]) / w), (float)((m[3] * x + m[4] * y + m[5]) / w));
    }

    /// <inheritdoc cref="Map(float, float)"/>
    public SKPoint Map(SKPoint point) => Map(point.X, point.Y);

    /// <summary>Gauss's elimination with partial pivoting.</summary>
    private static double[]? Solve(double[,] a)
    {
        for (var column = 0; column < 8; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < 8; row++)
                if (Math.Abs(a[row, column]) > Math.Abs(a[pivot, column]))
                    pivot = row;
            if (Math.Abs(a[pivot, column]) < 1e-9)
                return null;
            for (var k = 0; k < 9; k++)
                (a[column, k], a[pivot, k]) = (a[pivot, k], a[column, k]);
            for (var row = 0; row < 8; row++)
            {
                var factor = row == column ? 0 : a[row, column] / a[column, column];
                for (var k = column; k < 9 && factor != 0; k++)
                    a[row, k] -= factor * a[column, k];
            }
        }
        var solved = new double[8];
        for (var i = 0; i < 8; i++)
            solved[i] = a[i, 8] / a[i, i];
        return solved;
    }
}
