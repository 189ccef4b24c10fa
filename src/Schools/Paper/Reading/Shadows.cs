using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>
/// Shadows on a straightened sheet of one pixel a point, whose edges and tips look like ink. Found by what stays when writing has vanished
/// from the picture, and, where they are as thin as writing, by where they come from.
/// </summary>
internal sealed class Shadows(GrayImage page)
{
    /// <summary>Half of the window in which densely written characters vanish too, in points.</summary>
    private const int WritingRadius = 8;

    /// <summary>How far around a box the edge of a shadow is looked for, in points.</summary>
    private const int Surroundings = 30;

    /// <summary>The darkest paper around a box, of the brightest: below that a shadow has an edge there.</summary>
    private const float MinEvenness = 0.86f;

    /// <summary>Half of the window in which a single stroke vanishes, in points.</summary>
    private const int StrokeRadius = 1;

    /// <summary>Of the light around it: what is darker and wider than a stroke may be a thin shadow.</summary>
    private const float ThinLevel = 0.88f;

    /// <summary>How much of a box's edge a thin shadow covers at least, in points.</summary>
    private const int MinThin = 3;

    /// <summary>How far outside a box's edge a thin shadow is followed, in points: a signature seldom reaches so far.</summary>
    private const int ThinLength = 14;

    /// <summary>Where what is followed may go on, from one point to the next: it may lie as aslant as one to four.</summary>
    private static readonly int[] Aside = [0, 1, -1, 2, -2, 3, -3, 4, -4];

    /// <summary>The page without writing.</summary>
    private readonly GrayImage light = page.ClosedBy(WritingRadius);

    /// <summary>The page without single strokes.</summary>
    private readonly GrayImage strokeless = page.ClosedBy(StrokeRadius);

    /// <summary>Whether what is dark in a box may be a shadow.</summary>
    /// <param name="box">In half points, without the printed lines around it.</param>
    public bool MayLieIn(SKRectI box) => !IsEven(box) || IsCrossed(box);

    private bool IsEven(SKRectI box)
    {
        var (darkest, brightest) = (255, 0);
        for (var y = Math.Max(0, box.Top / 2 - Surroundings); y < Math.Min(light.Height, box.Bottom / 2 + Surroundings); y++)
            for (var x = Math.Max(0, box.Left / 2 - Surroundings); x < Math.Min(light.Width, box.Right / 2 + Surroundings); x++)
            {
                int value = light.Pixels[y * light.Width + x];
                (darkest, brightest) = (Math.Min(darkest, value), Math.Max(brightest, value));
            }
        return darkest >= MinEvenness * brightest;
    }

    /// <summary>
    /// Whether a shadow as thin as writing, of a pencil or a lamp's arm, runs into the box: wider than a stroke where it crosses the edge,
    /// and coming from farther outside than a signature reaches.
    /// </summary>
    private bool IsCrossed(SKRectI box)
    {
        var (left, top, right, bottom) = (box.Left / 2, box.Top / 2, box.Right / 2 - 1, box.Bottom / 2 - 1);
        return Crosses(left, top, (1, 0), (0, -1), right - left) || Crosses(left, bottom, (1, 0), (0, 1), right - left)
            || Crosses(left, top, (0, 1), (-1, 0), bottom - top) || Crosses(right, top, (0, 1), (1, 0), bottom - top);
    }

    private bool Crosses(int x, int y, (int X, int Y) along, (int X, int Y) outwards, int length)
    {
        var dark = 0;
        for (var i = 0; i < length; i++, x += along.X, y += along.Y)
        {
            dark = IsShaded(x, y) ? dark + 1 : 0;
            if (dark == MinThin && GoesOn(x - MinThin / 2 * along.X, y - MinThin / 2 * along.Y, along, outwards))
                return true;
        }
        return false;
    }

    /// <summary>Follows what is dark from a box's edge outwards.</summary>
    private bool GoesOn(int x, int y, (int X, int Y) along, (int X, int Y) outwards)
    {
        for (var distance = 0; distance < ThinLength; distance++)
        {
            (x, y) = (x + outwards.X, y + outwards.Y);
            var aside = Array.FindIndex(Aside, by => IsShaded(x + by * along.X, y + by * along.Y));
            if (aside < 0)
                return false;
            (x, y) = (x + Aside[aside] * along.X, y + Aside[aside] * along.Y);
        }
        return true;
    }

    private bool IsShaded(int x, int y) => x >= 0 && y >= 0 && x < light.Width && y < light.Height
        && strokeless.Pixels[y * light.Width + x] < ThinLevel * light.Pixels[y * light.Width + x];
}
