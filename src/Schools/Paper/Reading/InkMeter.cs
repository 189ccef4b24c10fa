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

    private readonly GrayImage page;
    private readonly float scale;

    /// <summary>The paper without what is on it, one pixel a point.</summary>
    private readonly GrayImage paper;

    private readonly Shadows shadows;

    /// <summary>Looks at a page.</summary>
    /// <param name="page">A straightened sheet of 2 pixels a point.</param>
    public InkMeter(GrayImage page)
    {
        (this.page, scale) = (page, SheetReader.Scale);
        var half = page.Halved();
        paper = half.ClosedBy(CloseRadius);
        shadows = new Shadows(half);
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
            : ink * perPoint >= MinInk && extent / scale >= MinExtent && !shadows.MayLieIn(box) ? InkGuess.Ink
            : InkGuess.Doubtful;
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
