using SkiaSharp;

namespace SafetyCampaign.Tests;

/// <summary>A picture to upload: its left half of one colour, its right half of another.</summary>
public static class TestPicture
{
    public static byte[] Of(SKEncodedImageFormat format, int width, int height, SKColor? left = null, SKColor? right = null)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(left ?? SKColors.Teal);
        using var paint = new SKPaint { Color = right ?? SKColors.Orange };
        canvas.DrawRect(width / 2f, 0, width, height, paint);
        return bitmap.Encode(format, 90).ToArray();
    }
}
