using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Scripts whose letters are not simply set one after the other.</summary>
public sealed class ShapedLineTests
{
    private const int Size = 40;
    private const int Right = 700;

    [Fact]
    public void A_uyghur_name_begins_at_the_right_and_a_number_behind_it_stands_to_its_left()
    {
        using var name = DrawUpTo(Right, "ئابدۇراخمان");
        using var withSeat = DrawUpTo(Right, "ئابدۇراخمان 12");

        var left = Right - (int)(WidthOf("ئابدۇراخمان") * Size);
        Assert.Equal(Dots(name, left, Right), Dots(withSeat, left, Right));
        Assert.Contains(Dots(withSeat, 0, left), dot => dot.Red < 128);
    }

    [Fact]
    public void Letters_of_uyghur_join() => Assert.NotEqual(2 * WidthOf("ب"), WidthOf("بب"), 0.01);

    [Fact]
    public void A_tibetan_stack_is_hardly_wider_than_one_letter() => Assert.InRange(WidthOf("རྒྱ"), 0.1f, 1.5f * WidthOf("ར"));

    [Fact]
    public void Marks_take_no_room() => Assert.Equal(WidthOf("Nguyen"), WidthOf("Nguyễn"), 0.01);

    [Fact]
    public void A_line_without_letters_is_a_line() => Assert.Equal(0, WidthOf(""));

    private static float WidthOf(string text) => ShapedLine.Of(text, Fonts.SemiBold).Width;

    private static SKBitmap DrawUpTo(float right, string text)
    {
        var bitmap = new SKBitmap(Right, 2 * Size);
        using var canvas = new SKCanvas(bitmap);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        canvas.Clear(SKColors.White);
        var line = ShapedLine.Of(text, Fonts.SemiBold);
        line.Draw(canvas, right - line.Width * Size, 1.4f * Size, Size, ink);
        return bitmap;
    }

    private static IEnumerable<SKColor> Dots(SKBitmap bitmap, int left, int right) =>
        from y in Enumerable.Range(0, bitmap.Height) from x in Enumerable.Range(left, right - left) select bitmap.GetPixel(x, y);
}
