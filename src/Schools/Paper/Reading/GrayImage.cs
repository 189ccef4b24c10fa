using System.Runtime.InteropServices;
using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>A picture in shades of grey: one byte a pixel, 0 black and 255 white, row by row from the top.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">As many as width times height.</param>
public sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    private const int JpegQuality = 80;

    /// <summary>Unpacks a picture; null where it is none.</summary>
    public static GrayImage? Decode(byte[] file)
    {
        using var bitmap = SKBitmap.Decode(file);
        return bitmap is null ? null : Of(bitmap);
    }

    /// <summary>The brightness of each pixel (ITU-R BT.601).</summary>
    public static GrayImage Of(SKBitmap bitmap)
    {
        if (bitmap.ColorType is not (SKColorType.Bgra8888 or SKColorType.Rgba8888))
        {
            using var converted = bitmap.Copy(SKImageInfo.PlatformColorType);
            return Of(converted);
        }
        var pixels = new byte[bitmap.Width * bitmap.Height];
        var (red, blue) = bitmap.ColorType == SKColorType.Bgra8888 ? (2, 0) : (0, 2);
        for (var y = 0; y < bitmap.Height; y++)
        {
            var from = bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, 4 * bitmap.Width);
            var to = pixels.AsSpan(y * bitmap.Width, bitmap.Width);
            for (var x = 0; x < to.Length; x++)
                to[x] = (byte)((77 * from[4 * x + red] + 150 * from[4 * x + 1] + 29 * from[4 * x + blue]) >> 8);
        }
        return new GrayImage(bitmap.Width, bitmap.Height, pixels);
    }

    /// <summary>Half as wide and high: each pixel the mean of four.</summary>
    public GrayImage Halved()
    {
        var (width, height) = (Width / 2, Height / 2);
        var half = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var upper = Pixels.AsSpan(2 * y * Width, Width);
            var lower = Pixels.AsSpan((2 * y + 1) * Width, Width);
            for (var x = 0; x < width; x++)
                half[y * width + x] = (byte)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
        }
        return new GrayImage(width, height, half);
    }

    /// <summary>The brightness between four pixels; outside of the picture that of its edge.</summary>
    public float At(float x, float y)
    {
        x = Math.Clamp(x, 0, Width - 1.001f);
        y = Math.Clamp(y, 0, Height - 1.001f);
        var (left, top) = ((int)x, (int)y);
        var (right, below) = (x - left, y - top);
        var i = top * Width + left;
        var upper = Pixels[i] + (Pixels[i + 1] - Pixels[i]) * right;
        var lower = Pixels[i + Width] + (Pixels[i + Width + 1] - Pixels[i + Width]) * right;
        return upper + (lower - upper) * below;
    }

    /// <summary>A part of it, cut off at the edges.</summary>
    public GrayImage Crop(int left, int top, int width, int height)
    {
        left = Math.Clamp(left, 0, Width - 1);
        top = Math.Clamp(top, 0, Height - 1);
        width = Math.Clamp(width, 1, Width - left);
        height = Math.Clamp(height, 1, Height - top);
        var part = new byte[width * height];
        for (var y = 0; y < height; y++)
            Pixels.AsSpan((top + y) * Width + left, width).CopyTo(part.AsSpan(y * width));
        return new GrayImage(width, height, part);
    }

    /// <summary>A JPEG, without metadata.</summary>
    public byte[] ToJpeg()
    {
        var info = new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque);
        var pinned = GCHandle.Alloc(Pixels, GCHandleType.Pinned);
        try
        {
            using var pixmap = new SKPixmap(info, pinned.AddrOfPinnedObject(), Width);
            using var file = pixmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
            return file!.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
