using SkiaSharp;
using ZXing;
using ZXing.Common;
using ZXing.Multi.QrCode;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>A QR code in a photo.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Finders">The middles of its finder patterns in pixels: bottom left, top left, top right, as the code itself stands.</param>
public sealed record FoundCode(string Content, IReadOnlyList<SKPoint> Finders);

/// <summary>Finds the QR codes in a photo, whichever way they lie.</summary>
public static class SheetCodeFinder
{
    private static readonly Dictionary<DecodeHintType, object> Hints = new() { [DecodeHintType.TRY_HARDER] = true };

    /// <summary>
    /// First at half the size, at which blur and noise are less, then at full size, at which small codes are found, until no more are.
    /// What was found is painted over before, so that of several codes in one photo none hides another.
    /// </summary>
    public static IReadOnlyList<FoundCode> Find(GrayImage photo)
    {
        var found = new List<FoundCode>();
        Search(photo.Halved(), 2, found);
        for (var before = -1; before != found.Count;)
        {
            before = found.Count;
            Search(photo with { Pixels = Covered(photo, found) }, 1, found);
        }
        return found;
    }

    private static void Search(GrayImage image, int factor, List<FoundCode> found)
    {
        var source = new RGBLuminanceSource(image.Pixels, image.Width, image.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        var results = new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(source)), Hints);
        foreach (var result in results ?? [])
            if (result.ResultPoints is { Length: >= 3 } points)
                found.Add(new FoundCode(result.Text, [.. points.Take(3).Select(p => new SKPoint(p.X * factor, p.Y * factor))]));
    }

    private static byte[] Covered(GrayImage photo, List<FoundCode> found)
    {
        if (found.Count == 0)
            return photo.Pixels;
        var pixels = (byte[])photo.Pixels.Clone();
        foreach (var code in found)
        {
            var middle = new SKPoint((code.Finders[0].X + code.Finders[2].X) / 2, (code.Finders[0].Y + code.Finders[2].Y) / 2);
            var radius = 0.8f * SKPoint.Distance(code.Finders[0], code.Finders[2]);
            var (left, right) = ((int)Math.Max(0, middle.X - radius), (int)Math.Min(photo.Width, middle.X + radius));
            for (var y = (int)Math.Max(0, middle.Y - radius); y < Math.Min(photo.Height, middle.Y + radius); y++)
                if (right > left)
                    pixels.AsSpan(y * photo.Width + left, right - left).Fill(byte.MaxValue);
        }
        return pixels;
    }
}
