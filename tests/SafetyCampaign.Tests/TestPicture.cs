using System.Text;
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

    /// <summary>A JPEG in whose metadata something stands, as a camera writes place and time.</summary>
    public static byte[] WithMetadata(byte[] jpeg, string said)
    {
        byte[] content = [.. "Exif\0\0"u8, .. Encoding.UTF8.GetBytes(said)];
        var length = content.Length + 2;
        return [.. jpeg[..2], 0xff, 0xe1, (byte)(length >> 8), (byte)length, .. content, .. jpeg[2..]];
    }
}
