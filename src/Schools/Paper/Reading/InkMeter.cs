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
/// Measures ink in a box of a straightened sheet. Ink is what is darker than the paper around it and narrow: the paper is the picture
/// closed (the largest value around, then the smallest), in which strokes vanish and the edge of a shadow stays.
/// </summary>
public static class InkMeter
{
    /// <summary>Half of the window in which strokes vanish, in points: a felt pen's stroke is 2 wide.</summary>
    private const float CloseRadius = 4.5f;

    /// <summary>Of the paper: ink is darker.</summary>
    private const float InkLevel = 0.84f;

    /// <summary>Of the paper: what is brighter is nothing, not even a faint pencil.</summary>
    private const float FaintLevel = 0.92f;

    /// <summary>Least area of a signature, in square points: a single tick or dot has less.</summary>
    private const float MinInk = 16;

    /// <summary>Least width of a signature, in points.</summary>
    private const float MinExtent = 11;

    /// <summary>Most of what an empty box has, of dust, in square points.</summary>
    private const float MaxDust = 1.5f;

    /// <summary>Most faint area of an empty box, in square points.</summary>
    private const float MaxFaint = 4;

    /// <summary>The guess for a box.</summary>
    /// <param name="page">A straightened sheet.</param>
    /// <param name="box">In its pixels, without the printed lines around it.</param>
    /// <param name="scale">Pixels a point.</param>
    public static InkGuess Guess(GrayImage page, SKRectI box, float scale)
    {
        var (smooth, width, height) = Smooth(page, box);
        var paper = Close(smooth, width, height, (int)Math.Round(CloseRadius * scale));
        var perPoint = 1 / (scale * scale);
        var (ink, extent) = Area(smooth, paper, width, height, InkLevel);
        var (faint, _) = Area(smooth, paper, width, height, FaintLevel);
        return ink * perPoint >= MinInk && extent / scale >= MinExtent ? InkGuess.Ink
            : ink * perPoint <= MaxDust && faint * perPoint <= MaxFaint ? InkGuess.NoInk
            : InkGuess.Doubtful;
    }

    /// <summary>The box, each pixel the mean of nine.</summary>
    private static (byte[] Pixels, int Width, int Height) Smooth(GrayImage page, SKRectI box)
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
        return (smooth, width, height);
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
    private static (int Area, int Extent) Area(byte[] pixels, byte[] paper, int width, int height, float level)
    {
        var (area, left, right, top, bottom) = (0, width, -1, height, -1);
        for (var y = 1; y + 1 < height; y++)
            for (var x = 1; x + 1 < width; x++)
            {
                var i = y * width + x;
                if (!IsDark(i) || (!IsDark(i - 1) && !IsDark(i + 1)) || (!IsDark(i - width) && !IsDark(i + width)))
                    continue;
                area++;
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        return (area, Math.Max(right - left, bottom - top));

        bool IsDark(int i) => pixels[i] < level * paper[i];
    }
}
