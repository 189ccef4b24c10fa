using SafetyCampaign.Campaigns;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>A picture drawn anew.</summary>
/// <param name="Bytes">PNG or JPEG, without metadata.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record DrawnPicture(byte[] Bytes, int Width, int Height);

/// <summary>
/// Draws an uploaded picture anew: upright, no larger than it is shown, and without what a camera writes beside the pixels (place,
/// time, owner).
/// </summary>
public static class UploadedPicture
{
    /// <summary>The longest side of a logo, in pixels: 10 cm on a printed poster at 200 dpi.</summary>
    public const int MaxLogoSide = 800;

    /// <summary>The longest side of a picture of a place, in pixels: a whole projector's width.</summary>
    public const int MaxPlaceSide = 1920;

    /// <summary>The most pixels that are unpacked at once, 64 MB of memory; a file of some kilobytes may claim many more.</summary>
    private const long MaxPixels = 16_000_000;

    private const int JpegQuality = 85;

    /// <summary>Reads PNG, JPEG, WebP, GIF (its first frame) and whatever else the codec knows.</summary>
    /// <param name="upload">The file; read to its end.</param>
    /// <param name="kind">What it is for: decides size and format.</param>
    /// <returns>Null where it is no picture that can be read whole, or one of more pixels than fit in memory.</returns>
    public static DrawnPicture? Read(Stream upload, EventPictureKind kind)
    {
        var maxSide = kind == EventPictureKind.Logo ? MaxLogoSide : MaxPlaceSide;
        using var data = SKData.Create(upload);
        using var codec = data is null ? null : SKCodec.Create(data);
        if (codec is null || codec.Info.Width < 1 || codec.Info.Height < 1 || Decode(codec, maxSide) is not { } decoded)
            return null;
        using (decoded)
            return Draw(decoded, codec.EncodedOrigin, kind, maxSide);
    }

    /// <summary>Reads a photo likewise, into a JPEG of that longest side.</summary>
    /// <param name="upload">The file; read to its end.</param>
    /// <param name="maxSide">In pixels.</param>
    /// <returns>Null as above.</returns>
    public static DrawnPicture? ReadPhoto(Stream upload, int maxSide)
    {
        using var data = SKData.Create(upload);
        using var codec = data is null ? null : SKCodec.Create(data);
        if (codec is null || codec.Info.Width < 1 || codec.Info.Height < 1 || Decode(codec, maxSide) is not { } decoded)
            return null;
        using (decoded)
            return Draw(decoded, codec.EncodedOrigin, EventPictureKind.Place, maxSide);
    }

    /// <summary>A JPEG is unpacked no larger than needed; other formats cannot be.</summary>
    private static SKBitmap? Decode(SKCodec codec, int maxSide)
    {
        var needed = Math.Min(1f, 2f * maxSide / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(needed);
        if ((long)size.Width * size.Height > MaxPixels)
            return null;
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static DrawnPicture Draw(SKBitmap decoded, SKEncodedOrigin origin, EventPictureKind kind, int maxSide)
    {
        var lies = origin >= SKEncodedOrigin.LeftTop; // the four that stand on their side
        var (width, height) = lies ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = Math.Min(1f, (float)maxSide / Math.Max(width, height));
        var (drawnWidth, drawnHeight) = (Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        using var surface = SKSurface.Create(new SKImageInfo(drawnWidth, drawnHeight));
        surface.Canvas.Clear(kind == EventPictureKind.Logo ? SKColors.Transparent : SKColors.White); // a JPEG is not transparent
        surface.Canvas.Scale((float)drawnWidth / width, (float)drawnHeight / height);
        surface.Canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(decoded);
        surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var encoded = kind == EventPictureKind.Logo
            ? drawn.Encode(SKEncodedImageFormat.Png, 100)
            : drawn.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return new DrawnPicture(encoded.ToArray(), drawnWidth, drawnHeight);
    }

    /// <summary>From the picture as it is stored to the picture as it is seen: the eight values of EXIF's Orientation.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
