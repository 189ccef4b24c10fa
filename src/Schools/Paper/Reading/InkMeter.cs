using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>Whether somebody wrote into a box, by darkness alone. Stored as a number.</summary>
public enum InkGuess
{
    /// <summary>A person has to look.</summary>
    Doubtful = 0,

    /// <summary>The box is empty.</summary>
    NoInk = 1,

    /// <summary>Enough for a signature.</summary>
    Ink = 2,
}

/// <summary>
/// Measures ink in the boxes of a straightened sheet. Ink is what is darker than the paper around it and narrow: the paper is the
/// picture closed (the largest value around, then the smallest), in which strokes vanish and shadows stay.
/// </summary>
public sealed class InkMeter
{
    /// <summary>Half of the window in which strokes vanish, in points: a felt pen's stroke is 2 wide.</summary>
    private const int CloseRadius = 5;

    /// <summary>Of the paper: ink is darker.</summary>
    private const float InkLevel = 0.84f;

    /// <summary>Of the paper: what is brighter is nothing, not even a faint pencil.</summary>
    private const float FaintLevel = 0.92f;

    /// <summary>Least area of a signature, in square points: a single tick or dot has less.</summary>
    private const float MinInk = 16;

    /// <summary>Least width of a signature, in points.</summary>
    private const float MinExtent = 11;

    /// <summary>Most of what an empty box has, of dust, in square points.</summary>
    private const float MaxDust = 0.8f;

    /// <summary>Most faint area of an empty box, in square points.</summary>
    private const float MaxFaint = 3;

    /// <summary>Half of the window in which densely written characters vanish too, and only shadows stay, in points.</summary>
    private const int ShadowRadius = 8;

    /// <summary>How far around a box the edge of a shadow is looked for, in points.</summary>
    private const int ShadowReach = 30;

    /// <summary>The darkest paper around a box, of the brightest: below that a shadow has an edge there, whose tip looks like ink.</summary>
    private const float MinEvenness = 0.86f;

    private readonly GrayImage page;
    private readonly float scale;

    /// <summary>The paper without what is on it, one pixel a point.</summary>
    private readonly GrayImage paper;

    /// <summary>The same without dense writing.</summary>
    private readonly GrayImage light;

    /// <summary>Looks at a page.</summary>
    /// <param name="page">A straightened sheet of 2 pixels a point.</param>
    public InkMeter(GrayImage page)
    {
        (this.page, scale) = (page, SheetReader.Scale);
        var half = page.Halved();
        paper = half with { Pixels = Close(half.Pixels, half.Width, half.Height, CloseRadius) };
        light = half with { Pixels = Close(half.Pixels, half.Width, half.Height, ShadowRadius) };
    }

    /// <summary>The guess for a box.</summary>
    /// <param name="box">In the page's pixels, without the printed lines around it.</param>
    public InkGuess Guess(SKRectI box)
    {
        var smooth = Smooth(box);
        var perPoint = 1 / (scale * scale);
        var (ink, extent) = Area(smooth, box, InkLevel);
        var (faint, _) = Area(smooth, box, FaintLevel);
        return ink * perPoint <= MaxDust && faint * perPoint <= MaxFaint ? InkGuess.NoInk
            : ink * perPoint >= MinInk && extent / scale >= MinExtent && IsEven(box) ? InkGuess.Ink
            : InkGuess.Doubtful;
    }

    private bool IsEven(SKRectI box)
    {
        var (darkest, brightest) = (255, 0);
        for (var y = Math.Max(0, box.Top / 2 - ShadowReach); y < Math.Min(light.Height, box.Bottom / 2 + ShadowReach); y++)
            for (var x = Math.Max(0, box.Left / 2 - ShadowReach); x < Math.Min(light.Width, box.Right / 2 + ShadowReach); x++)
            {
                int value = light.Pixels[y * light.Width + x];
                (darkest, brightest) = (Math.Min(darkest, value), Math.Max(brightest, value));
            }
        return darkest >= MinEvenness * brightest;
    }

    /// <summary>The box, each pixel the mean of nine.</summary>
    private byte[] Smooth(SKRectI box)
    {
        var (width, height) = (box.Width, box.Height);
        var smooth = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var i = (box.Top + y) * page.Width + box.Left + x;
                var sum = 0;
                for (var row = -page.Width; row <= page.Width; row += page.Width)
                    sum += page.Pixels[i + row - 1] + page.Pixels[i + row] + page.Pixels[i + row + 1];
                smooth[y * width + x] = (byte)(sum / 9);
            }
        return smooth;
    }

    private static byte[] Close(byte[] pixels, int width, int height, int radius)
    {
        var largest = Filter(Filter(pixels, width, height, radius, 1, 1), width, height, radius, width, 1);
        return Filter(Filter(largest, width, height, radius, 1, -1), width, height, radius, width, -1);
    }

    /// <summary>
    /// The largest (sign 1) or smallest (sign -1) of the pixels up to a radius away, along rows (step 1) or columns (step width).
    /// </summary>
    private static byte[] Filter(byte[] pixels, int width, int height, int radius, int step, int sign)
    {
        var filtered = new byte[pixels.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (place, last) = step == 1 ? (x, width - 1) : (y, height - 1);
                var i = y * width + x;
                var value = sign * pixels[i];
                var end = i + Math.Min(radius, last - place) * step;
                for (var k = i - Math.Min(radius, place) * step; k <= end; k += step)
                    value = Math.Max(value, sign * pixels[k]);
                filtered[i] = (byte)(sign * value);
            }
        return filtered;
    }

    /// <summary>How many pixels are darker than that part of the paper, single ones left out, and how wide they reach.</summary>
    private (int Area, int Extent) Area(byte[] pixels, SKRectI box, float level)
    {
        var (width, height) = (box.Width, box.Height);
        var dark = new bool[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                dark[y * width + x] =
                    pixels[y * width + x] < level * paper.Pixels[(box.Top + y) / 2 * paper.Width + (box.Left + x) / 2];
        var (area, left, right, top, bottom) = (0, width, -1, height, -1);
        for (var y = 1; y + 1 < height; y++)
            for (var x = 1; x + 1 < width; x++)
            {
                var i = y * width + x;
                if (!dark[i] || (!dark[i - 1] && !dark[i + 1]) || (!dark[i - width] && !dark[i + width]))
                    continue;
                area++;
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        return (area, Math.Max(right - left, bottom - top));
    }
}
