using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Strokes in a document have no more points than can be seen at its size.</summary>
public sealed class StrokeSimplificationTests
{
    [Fact]
    public void What_stands_on_a_line_is_left_out_and_ends_and_corners_stay()
    {
        var straight = Points((0, 0), (10, 1), (20, 0), (30, -1), (40, 0));
        var corner = Points((0, 0), (10, 0), (20, 0), (20, 10), (20, 20));
        var back = Points((0, 0), (40, 0), (0, 0)); // over itself
        var dot = Points((7, 7));

        var simple = new Handwriting(100, 100, [straight, corner, back, dot]).Simplify(2).Strokes;

        Assert.Equal([(0, 0), (40, 0)], At(simple[0]));
        Assert.Equal([(0, 0), (20, 0), (20, 20)], At(simple[1]));
        Assert.Equal([(0, 0), (40, 0), (0, 0)], At(simple[2]));
        Assert.Equal([(7, 7)], At(simple[3]));
    }

    [Fact]
    public void No_point_that_is_left_out_stands_further_off_than_the_tolerance()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var (x, y) = (0, 0);
            var stroke = Points([.. Enumerable.Range(0, 200).Select(_ => (x += random.Next(-3, 12), y += random.Next(-9, 10)))]);
            var simple = new Handwriting(4_000, 4_000, [stroke]).Simplify(5).Strokes[0];
            Assert.True(simple.Count < stroke.Count);
            Assert.All(stroke, point => Assert.True(
                simple.Zip(simple.Skip(1)).Min(part => Distance(point, part.First, part.Second)) <= 5.001, $"{point}"));
        }
    }

    [Fact]
    public void In_a_document_the_ink_stays_inside_its_box_and_looks_as_it_was_written()
    {
        var strokes = Points([.. Enumerable.Range(0, 200).Select(i => (3 * i, (int)(200 + 150 * Math.Sin(i / 9.0))))]);
        var handwriting = new Handwriting(1_200, 600, [strokes]);
        var box = SKRect.Create(20, 30, 120, 40);
        using var pixels = Draw(canvas => canvas.DrawStrokes(handwriting, box, 1.1f, SKColors.Black), scaled: false);
        using var vectors = Draw(canvas => canvas.DrawStrokes(handwriting, box, 1.1f, SKColors.Black), scaled: true);

        var (ink, other) = (0, 0);
        for (var y = 0; y < pixels.Height; y++)
            for (var x = 0; x < pixels.Width; x++)
            {
                var (one, two) = (255 - pixels.GetPixel(x, y).Red, 255 - vectors.GetPixel(x, y).Red);
                Assert.True(two < 8 || box.Contains(x + 0.5f, y + 0.5f), $"Ink at {x}, {y}.");
                (ink, other) = (ink + one, other + Math.Abs(one - two));
            }
        Assert.True(ink > 20_000 && other < ink / 4, $"{other} of {ink} differ.");
    }

    /// <summary>A canvas that is scaled at all draws paths, as a document does.</summary>
    private static SKBitmap Draw(Action<SKCanvas> draw, bool scaled)
    {
        var bitmap = new SKBitmap(160, 100);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        if (scaled)
            canvas.Translate(0.0001f, 0);
        draw(canvas);
        return bitmap;
    }

    private static List<StrokePoint> Points(params (int X, int Y)[] points) => [.. points.Select(p => new StrokePoint(p.X, p.Y, 0))];

    private static IEnumerable<(int, int)> At(IReadOnlyList<StrokePoint> stroke) => stroke.Select(p => (p.X, p.Y));

    private static double Distance(StrokePoint point, StrokePoint from, StrokePoint to)
    {
        var best = double.MaxValue;
        for (var i = 0; i <= 100; i++)
        {
            var (x, y) = (from.X + (to.X - from.X) * i / 100.0 - point.X, from.Y + (to.Y - from.Y) * i / 100.0 - point.Y);
            best = Math.Min(best, Math.Sqrt(x * x + y * y));
        }
        return best - 0.5; // between two of the steps
    }
}
