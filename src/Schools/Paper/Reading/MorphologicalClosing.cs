namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>The closing of a grey picture: dark things narrower than the window vanish, wider ones stay as they are.</summary>
internal static class MorphologicalClosing
{
    /// <summary>Each pixel the darkest, around it, of what is the brightest around there.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="radius">Half of the window, in pixels.</param>
    public static GrayImage ClosedBy(this GrayImage image, int radius)
    {
        var (width, height) = (image.Width, image.Height);
        var largest = Filter(Filter(image.Pixels, width, height, radius, 1, 1), width, height, radius, width, 1);
        return image with { Pixels = Filter(Filter(largest, width, height, radius, 1, -1), width, height, radius, width, -1) };
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
}
