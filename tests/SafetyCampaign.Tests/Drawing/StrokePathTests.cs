using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Drawing;

public sealed class StrokePathTests
{
    [Fact]
    public void A_line_of_two_points_is_straight_and_framed_with_room_for_the_pen()
    {
        var path = StrokePath.Of(Ink.Draw([[(100, 200), (400, 200)]]));

        Assert.Equal("M100 200c0 0 300 0 300 0", path.Data);
        Assert.Equal("76 176 348 48", path.ViewBox);
    }

    [Fact]
    public void A_dot_beside_a_line_is_drawn_too() =>
        Assert.EndsWith("M50 50h0", StrokePath.Of(Ink.Draw([[(0, 0), (40, 0)], [(50, 50)]])).Data);

    [Fact]
    public void A_curve_goes_through_every_point()
    {
        using var path = SKPath.ParseSvgPathData(StrokePath.Of(Ink.Draw([[(0, 0), (100, 100), (200, 0)]])).Data);

        Assert.Equal([new(0, 0), new(100, 100), new(200, 0)], path.Points.Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void A_short_turn_after_a_long_line_strays_by_less_than_a_pen_width()
    {
        using var path = SKPath.ParseSvgPathData(StrokePath.Of(Ink.Draw([[(0, 0), (400, 0), (400, 8), (0, 8)]])).Data);

        Assert.All(path.Points, point => Assert.InRange(Math.Min(point.X, point.Y), -20, 420));
        Assert.All(path.Points, point => Assert.InRange(Math.Max(point.X, point.Y), -20, 420));
    }
}
