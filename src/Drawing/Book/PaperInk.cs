using SafetyCampaign.Drawing.Slips;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Book;

/// <summary>What somebody wrote on a class sheet, as it stands in a book: the box alone, on white.</summary>
public static class PaperInk
{
    private const int JpegQuality = 75;

    /// <summary>Left out around a box, in pixels: its printed lines.</summary>
    private const int Inset = 5;

    /// <summary>Of the brightness of the paper: from here on it is white.</summary>
    private const float WhiteFrom = 0.9f;

    /// <summary>What one person wrote, out of a picture that is kept.</summary>
    /// <param name="picture">As of <see cref="Cut(byte[], bool)"/> or <see cref="CutSlip"/>; null for none.</param>
    /// <param name="isSlip">It is of a slip, not of a row.</param>
    /// <param name="guardian">The guardian's, else the pupil's.</param>
    /// <returns>As of <see cref="Cut(byte[], bool)"/>; null without a picture.</returns>
    public static byte[]? Of(byte[]? picture, bool isSlip, bool guardian) =>
        picture is null ? null : isSlip ? CutSlip(picture, guardian) : Cut(picture, guardian);

    /// <summary>Cuts a box out of the picture of its row and brightens the paper to white, so that it prints.</summary>
    /// <param name="row">JPEG of a row from edge to edge of the table, as high as the row and its margins; any resolution.</param>
    /// <param name="guardian">The guardian's box, else the pupil's.</param>
    /// <returns>A JPEG in grey; null where the picture cannot be read.</returns>
    public static byte[]? Cut(byte[] row, bool guardian)
    {
        using var decoded = SKBitmap.Decode(row);
        if (decoded is null)
            return null;
        var of = ClassSheetLayout.Row(0);
        var box = guardian ? ClassSheetLayout.GuardianBox(0) : ClassSheetLayout.PupilBox(0);
        var scale = decoded.Width / of.Width;
        var margin = (int)((decoded.Height - of.Height * scale) / 2);
        return Cut(decoded, SKRectI.Create(
            (int)((box.Left - of.Left) * scale) + Inset, margin + Inset, (int)(box.Width * scale) - 2 * Inset,
            decoded.Height - 2 * (margin + Inset)));
    }

    /// <summary>Cuts a line out of the picture of a slip's part that came back.</summary>
    /// <param name="reply">JPEG of <see cref="SlipDrawing.ReplyPicture"/>, any resolution.</param>
    /// <param name="guardian">The guardian's line, else the pupil's.</param>
    /// <returns>As of <see cref="Cut(byte[], bool)"/>.</returns>
    public static byte[]? CutSlip(byte[] reply, bool guardian)
    {
        using var decoded = SKBitmap.Decode(reply);
        if (decoded is null)
            return null;
        var (of, line) = (SlipDrawing.ReplyPicture, SlipDrawing.ReplyLine(guardian ? 1 : 0));
        var scale = decoded.Width / of.Width;
        line.Offset(-of.Left, -of.Top);
        return Cut(decoded, SKRectI.Create(
            (int)(line.Left * scale), (int)(line.Top * scale), (int)(line.Width * scale), (int)(line.Height * scale)));
    }

    private static byte[]? Cut(SKBitmap decoded, SKRectI part)
    {
        if (part.Width < 1 || part.Height < 1)
            return null;
        using var grey = new SKBitmap(new SKImageInfo(part.Width, part.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(grey))
            canvas.DrawBitmap(decoded, -part.Left, -part.Top);
        Whiten(grey.GetPixelSpan());
        using var file = grey.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return file.ToArray();
    }

    /// <summary>Three of four pixels of a box are paper, even where somebody writes large.</summary>
    private static void Whiten(Span<byte> pixels)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var pixel in pixels)
            counts[pixel]++;
        var (paper, brighter) = (255, 0);
        while (paper > 1 && (brighter += counts[paper]) < pixels.Length / 2)
            paper--;
        var white = paper * WhiteFrom;
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Min(255, pixels[i] * 255 / white);
    }
}
