using System.Buffers.Text;
using FsCheck;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class StrokesTests
{
    private static readonly (int X, int Y)[] Line = [(100, 100), (400, 300), (800, 120)];

    [Fact]
    public void A_signature_from_the_pad_is_accepted() =>
        Assert.Equal(StrokesProblem.None, Strokes.Check(Base64Url.DecodeFromChars(Ink.Signature)));

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        // Format 1, pad 300 × 150 px, one stroke of two points: (1, 2) px, then 3 px right and 1 px up, 8 ms later.
        byte[] bytes = [0x01, 0xB0, 0x09, 0xD8, 0x04, 0x01, 0x02, 0x08, 0x10, 0x00, 0x18, 0x07, 0x02];

        var drawn = Strokes.Decode(bytes);

        Assert.Equal((1200, 600), (drawn.Width, drawn.Height));
        Assert.Equal([new StrokePoint(4, 8, 0), new StrokePoint(16, 4, 8)], Assert.Single(drawn.Strokes));
    }

    [Fact]
    public void What_was_drawn_is_decoded()
    {
        (int X, int Y)[] second = [(0, 0), (1200, 600)];

        var drawn = Strokes.Decode(Ink.Draw(Line, second));

        Assert.Equal(Line, drawn.Strokes[0].Select(p => (p.X, p.Y)));
        Assert.Equal(second, drawn.Strokes[1].Select(p => (p.X, p.Y)));
        Assert.Equal([0, 16, 32], drawn.Strokes[0].Select(p => p.Milliseconds));
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        var whole = Ink.Draw(Line, Line);
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(length == 0 ? StrokesProblem.Empty : StrokesProblem.Malformed, Strokes.Check(whole.AsSpan(0, length)));
    }

    [Fact]
    public void With_bytes_left_over_it_is_refused() =>
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check([.. Ink.Draw(Line), 0]));

    [Fact]
    public void As_many_strokes_as_the_limit_are_accepted_and_no_more()
    {
        Assert.Equal(StrokesProblem.None, Strokes.Check(Ink.Draw([.. Enumerable.Repeat(Line, Strokes.MaxStrokes)])));
        Assert.Equal(StrokesProblem.TooLarge, Strokes.Check(Ink.Draw([.. Enumerable.Repeat(Line, Strokes.MaxStrokes + 1)])));
    }

    [Fact]
    public void Four_thousand_points_are_accepted_and_no_more()
    {
        Assert.Equal(StrokesProblem.None, Strokes.Check(Ink.Draw(Zigzag(2000), Zigzag(2000))));
        Assert.Equal(StrokesProblem.TooLarge, Strokes.Check(Ink.Draw(Zigzag(2000), Zigzag(2001))));
    }

    [Fact]
    public void Sixteen_kilobytes_are_accepted_and_no_more()
    {
        // Three-byte steps back and forth across the largest pad: 7 bytes a point.
        var ink = new Ink().Pad(Strokes.MaxSide, Strokes.MaxSide).Number(1);
        var points = Enumerable.Range(0, 2500).Select(i => i % 2 == 0 ? (0, 0) : (39_999, 39_999)).ToArray();
        var bytes = ink.Stroke(points).ToArray();

        Assert.True(bytes.Length > Strokes.MaxBytes);
        Assert.Equal(StrokesProblem.TooLarge, Strokes.Check(bytes));

        var fewer = new Ink().Pad(Strokes.MaxSide, Strokes.MaxSide).Number(1).Stroke(points[..2300]).ToArray();
        Assert.InRange(fewer.Length, 16_000, Strokes.MaxBytes);
        Assert.Equal(StrokesProblem.None, Strokes.Check(fewer));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(1201, 0)]
    [InlineData(0, 601)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, 0)]
    public void A_point_outside_the_pad_is_refused(int x, int y)
    {
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check(Ink.Draw([(x, y), (100, 100)])));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check(new Ink().Pad(1200, 600).Number(1).Number(2).Zigzag(0).Zigzag(0).Number(0)
            .Zigzag(x).Zigzag(y).Number(1).ToArray()));
    }

    [Fact]
    public void The_pads_edges_belong_to_it() =>
        Assert.Equal(StrokesProblem.None, Strokes.Check(Ink.Draw([(0, 0), (1200, 600), (1200, 0), (0, 600)])));

    [Fact]
    public void No_ink_is_no_signature()
    {
        Assert.Equal(StrokesProblem.Empty, Strokes.Check([]));
        Assert.Equal(StrokesProblem.Empty, Strokes.Check(Ink.Draw()));
    }

    [Fact]
    public void A_dot_is_no_signature_however_often_it_is_touched()
    {
        Assert.Equal(StrokesProblem.Empty, Strokes.Check(Ink.Draw([(500, 300)])));
        Assert.Equal(StrokesProblem.Empty, Strokes.Check(Ink.Draw([(500, 300), (502, 301), (500, 300)], [(501, 300)])));
        Assert.Equal(StrokesProblem.Empty, Strokes.Check(Ink.Draw([(500, 300), (510, 300)]))); // two and a half pixels
        Assert.Equal(StrokesProblem.None, Strokes.Check(Ink.Draw([(500, 300), (500 + Strokes.DotSize, 300)])));
    }

    [Fact]
    public void A_small_signature_that_was_stored_while_it_was_one_is_still_drawn() =>
        Assert.Equal(2, Strokes.Decode(Ink.Draw([(500, 300), (510, 300)])).Strokes[0].Count);

    [Fact]
    public void A_name_of_eighty_eight_strokes_is_stored_whole() =>
        Assert.Equal(88, Strokes.Decode(Ink.Draw([.. Enumerable.Repeat(Line, 88)])).Strokes.Count);

    [Fact]
    public void Heads_that_cannot_be_are_refused()
    {
        byte[][] heads =
        [
            new Ink().Number(0).ToArray(),
            new Ink().Number(2).Number(1200).Number(600).Number(0).ToArray(),
            new Ink().Pad(0, 600).Number(0).ToArray(),
            new Ink().Pad(1200, 0).Number(0).ToArray(),
            new Ink().Pad(Strokes.MaxSide + 1, 600).Number(0).ToArray(),
            new Ink().Pad(1200, uint.MaxValue).Number(0).ToArray(),
            new Ink().Pad(1200, 600).Number(1).Number(0).ToArray(),
            [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8],
            [0x89, .. "PNG\r\n"u8],
        ];
        Assert.All(heads, head => Assert.Equal(StrokesProblem.Malformed, Strokes.Check(head)));
    }

    [Fact]
    public void A_first_point_that_does_not_start_at_time_zero_is_refused() =>
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check(
            new Ink().Pad(1200, 600).Number(1).Number(2).Zigzag(1).Zigzag(1).Number(1).Zigzag(100).Zigzag(0).Number(1).ToArray()));

    [Fact]
    public void A_stroke_of_days_is_refused() =>
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check(
            new Ink().Pad(1200, 600).Number(1).Number(2).Zigzag(1).Zigzag(1).Number(0).Zigzag(100).Zigzag(0)
                .Number(uint.MaxValue).ToArray()));

    [Fact]
    public void Each_number_has_one_way_to_be_written()
    {
        byte[] rest = [.. new Ink().Number(600).Number(1).Stroke(Line).ToArray()];
        Assert.Equal(StrokesProblem.None, Strokes.Check([1, 0xB0, 0x09, .. rest]));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check([1, 0xB0, 0x89, 0x00, .. rest]));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check([0x81, 0x00, 0xB0, 0x09, .. rest]));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check([1, 0xB0, 0x89, 0x80, 0x80, 0x80, 0x80, 0x00, .. rest]));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check([1, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, .. rest]));
    }

    [Fact]
    public void Counts_that_promise_more_than_there_is_cost_nothing()
    {
        Assert.Equal(StrokesProblem.TooLarge, Strokes.Check(new Ink().Pad(1200, 600).Number(uint.MaxValue).ToArray()));
        Assert.Equal(StrokesProblem.TooLarge, Strokes.Check(new Ink().Pad(1200, 600).Number(1).Number(uint.MaxValue).ToArray()));
        Assert.Equal(StrokesProblem.Malformed, Strokes.Check(new Ink().Pad(1200, 600).Number(64).Number(4000).ToArray()));
    }

    [Fact]
    public void Random_bytes_never_fail_and_are_decoded_exactly_when_they_are_accepted()
    {
        // Half of them with a good head, or hardly any would get past it.
        var bytes = ArbMap.Default.ArbFor<byte[]>().Generator;
        var headed = bytes.Select(tail => new Ink().Pad(300, 150).Number(1).Raw(tail).ToArray());
        Prop.ForAll(Gen.OneOf(bytes, headed).ToArbitrary(), random =>
        {
            if (Strokes.Check(random) == StrokesProblem.None)
                return Strokes.Decode(random).Strokes.Count > 0;
            if (Strokes.Check(random) != StrokesProblem.Empty) // a small one may have been stored under the earlier rule
                Assert.Throws<FormatException>(() => Strokes.Decode(random));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Any_drawing_inside_the_pad_comes_back_point_by_point()
    {
        var point = Gen.Choose(0, 1200).SelectMany(x => Gen.Choose(0, 600).Select(y => (X: x, Y: y)));
        var stroke = point.ListOf().Where(points => points.Count > 0).Select(points => points.ToArray());
        Prop.ForAll(stroke.ArrayOf().Where(strokes => strokes.Length is > 0 and < 20).ToArbitrary(), strokes =>
        {
            var bytes = Ink.Draw(strokes);
            if (Strokes.Check(bytes) == StrokesProblem.Empty)
                return true; // too small to be a signature
            var drawn = Strokes.Decode(bytes);
            return drawn.Strokes.Zip(strokes).All(pair => pair.First.Select(p => (p.X, p.Y)).SequenceEqual(pair.Second));
        }).QuickCheckThrowOnFailure();
    }

    private static (int, int)[] Zigzag(int points) => [.. Enumerable.Range(0, points).Select(i => (100 + i % 2, 100 + i % 50))];
}
