using System.Diagnostics.CodeAnalysis;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Slips;
using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>A take-home slip that was found in a photo.</summary>
/// <param name="Code">See <see cref="SlipCode"/>.</param>
/// <param name="Reply">The part that comes back, upright, with <see cref="SheetReader.Scale"/> pixels a point.</param>
public sealed record ReadSlip(string Code, GrayImage Reply);

/// <summary>
/// Cuts the part that a family signed out of photos of take-home slips, by the QR code beside the lines. One code is too small to tell
/// how a slip is tilted, so the cut is a few millimetres off at its far end, and nothing is guessed of what is written: a person looks.
/// </summary>
public static class SlipReader
{
    /// <summary>From the middle of a finder pattern to the code's edge, in modules (ISO/IEC 18004).</summary>
    private const float FinderMiddle = 3.5f;

    /// <summary>The slips whose codes were found in a photo, each once.</summary>
    public static IReadOnlyList<ReadSlip> Read(GrayImage photo, IEnumerable<FoundCode> codes) =>
        [
            .. from code in codes
               let slip = TryRead(code.Content, out var read) ? read : null
               where slip is not null
               // A slip that was not torn apart shows a larger code above, with the same content.
               group code by slip into same
               select new ReadSlip(same.Key, Cut(photo, same.MinBy(SideOf)!)),
        ];

    /// <summary>Reads the address in a slip's code, <c>https://…/S/{code}</c>.</summary>
    private static bool TryRead(string content, [NotNullWhen(true)] out string? code)
    {
        code = null;
        return content.Split('/') is [.., var page, var last] && page.Equals("s", StringComparison.OrdinalIgnoreCase)
            && SlipCode.TryParse(last, out code);
    }

    private static float SideOf(FoundCode code) => SKPoint.Distance(code.Finders[0], code.Finders[1]);

    private static GrayImage Cut(GrayImage photo, FoundCode code)
    {
        var part = SlipDrawing.ReplyPicture;
        var (width, height) = ((int)part.Width * SheetReader.Scale, (int)part.Height * SheetReader.Scale);
        var lies = Homography.OfThree(FindersOf(code), code.Finders)!;
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var from = lies.Map(part.Left + (x + 0.5f) / SheetReader.Scale, part.Top + (y + 0.5f) / SheetReader.Scale);
                pixels[y * width + x] = (byte)(photo.At(from.X - 0.5f, from.Y - 0.5f) + 0.5f);
            }
        return new GrayImage(width, height, pixels);
    }

    /// <summary>Where the finder patterns are printed, in points of the slip; in the order of <see cref="FoundCode.Finders"/>.</summary>
    private static SKPoint[] FindersOf(FoundCode code)
    {
        var box = SlipDrawing.ReplyCode;
        var inset = FinderMiddle * box.Width / (new QrDrawing(code.Content).Side - 2 * QrDrawing.QuietZone);
        return [new(box.Left + inset, box.Bottom - inset), new(box.Left + inset, box.Top + inset), new(box.Right - inset, box.Top + inset)];
    }
}
