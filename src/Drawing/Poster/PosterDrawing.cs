using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Poster;

/// <summary>
/// Draws the poster. Lengths are millimetres of A3, 297 by 420; on A4 all of it is smaller by the square root of two, and the black of the
/// code is 12 cm wide.
/// </summary>
public static class PosterDrawing
{
    private const float Left = 23, Width = 297 - 2 * Left, Middle = 297 / 2f;
    private const float SeaTop = 62, SeaHeight = 46;
    private const float CodeTop = 188, CodeSide = 170;
    private const float SideLeft = Left + CodeSide + 20, SideWidth = Left + Width - SideLeft;

    private static readonly SKColor Ink = new(0x12, 0x26, 0x3a);
    private static readonly SKColor SoftInk = new(0x46, 0x60, 0x6d);

    /// <summary>One page, A3 or A4.</summary>
    public static PdfPage PageOf(PosterContent poster, bool isA3) => isA3
        ? new PdfPage(PdfPage.A4Height, PdfPage.A3Height, canvas => Draw(canvas, poster, PdfPage.A4Height / 297))
        : PdfPage.A4(canvas => Draw(canvas, poster, PdfPage.A4Width / 297));

    private static void Draw(SKCanvas canvas, PosterContent poster, float scale)
    {
        canvas.Scale(scale);
        Centred(canvas, poster.Lead, Fonts.Regular, Water.Deep, 12, 14, 10.5f);
        Centred(canvas, poster.Promise, Fonts.SemiBold, Water.Deep, 25, 34, 22.5f);
        PosterSea.Draw(canvas, SeaTop);
        // On one line as long as it can be read across a room; then on two.
        var title = TextBlock.Fit(poster.Title, Fonts.SemiBold, Width, 22, 15);
        if (title.Size < 10)
            title = TitleBlock.Fit(poster.Title, Fonts.SemiBold, Width, 32, 11);
        var top = SeaTop + SeaHeight + 12;
        Draw(canvas, title, Water.Deep, top);
        top += title.Height + 3;
        foreach (var fact in poster.Facts)
            top += Centred(canvas, fact, Fonts.Regular, Ink, top, 20, 7.4f) + 1;
        DrawCode(canvas, poster.Address);
        DrawSide(canvas, poster);
        DrawHosts(canvas, poster);
    }

    private static void DrawCode(SKCanvas canvas, string address)
    {
        var qr = new QrDrawing(address);
        var module = CodeSide / (qr.Side - 2 * QrDrawing.QuietZone);
        using var path = new SKPath();
        foreach (var (x, y, length) in qr.Runs())
            path.AddRect(SKRect.Create(
                Left + (x - QrDrawing.QuietZone) * module, CodeTop + (y - QrDrawing.QuietZone) * module, length * module, module));
        using var black = new SKPaint { Color = SKColors.Black }; // one path, so that no printer draws hairlines between the rows
        canvas.DrawPath(path, black);
    }

    private static void DrawSide(SKCanvas canvas, PosterContent poster)
    {
        var top = CodeTop + 2;
        foreach (var phrase in Phrases(poster.Call))
            top += Beside(canvas, phrase, Fonts.SemiBold, Water.Deep, top, 40, 8.8f);
        top += 5;
        if (poster.Class is { } name)
        {
            var block = TextBlock.Fit(name, Fonts.SemiBold, SideWidth - 6, 34, 7.5f, whole: true);
            using var ground = new SKPaint { Color = Water.Deep, IsAntialias = true };
            canvas.DrawRoundRect(SKRect.Create(SideLeft, top, SideWidth, block.Height + 4), 3, 3, ground);
            using var white = new SKPaint { Color = SKColors.White, IsAntialias = true };
            block.DrawFrom(canvas, SideLeft + 3, top + 2, white);
            top += block.Height + 10;
        }
        foreach (var phrase in Phrases(poster.How))
            top += Beside(canvas, phrase, Fonts.Regular, SoftInk, top, 30, 6.4f);
        top = CodeTop + 104;
        using var line = new SKPaint { Color = Water.Buoy };
        canvas.DrawRect(SideLeft, top, SideWidth, 1, line);
        top += 6;
        foreach (var (caption, typed) in poster.ByHand)
        {
            top += Beside(canvas, caption, Fonts.Regular, Ink, top, 16, 6.2f);
            top += Beside(canvas, typed, Fonts.SemiBold, Water.Deep, top, 18, 9.5f) + 2;
        }
    }

    /// <summary>A line each, so that no word is broken.</summary>
    private static IEnumerable<string> Phrases(string text) => text.Replace("，", "，\n", StringComparison.Ordinal).Split('\n');

    private static void DrawHosts(SKCanvas canvas, PosterContent poster)
    {
        const float foot = 412, line = 8.4f, logo = 14;
        var top = foot - poster.Hosts.Count * line - (poster.Logos.Count > 0 ? logo + 3 : 0);
        using var rule = new SKPaint { Color = new SKColor(0xa6, 0xb1, 0xba) };
        canvas.DrawRect(Left, top - 3, Width, 0.4f, rule);
        if (poster.Logos.Count > 0)
        {
            DrawLogos(canvas, poster.Logos, top, logo);
            top += logo + 3;
        }
        foreach (var host in poster.Hosts)
        {
            using var ink = new SKPaint { Color = Ink, IsAntialias = true };
            TextBlock.Fit(host, Fonts.Regular, Width, line, 5.6f).DrawFrom(canvas, Left, top, ink);
            top += line;
        }
    }

    private static void DrawLogos(SKCanvas canvas, IReadOnlyList<byte[]> logos, float top, float height)
    {
        var left = Left;
        foreach (var logo in logos)
        {
            using var image = SKImage.FromEncodedData(logo);
            if (image is null)
                continue;
            var scale = Math.Min(height / image.Height, 60f / image.Width);
            if (left + scale * image.Width > Left + Width)
                return;
            var (wide, high) = (image.Width * scale, image.Height * scale);
            canvas.DrawImage(image, SKRect.Create(left, top + (height - high) / 2, wide, high));
            left += wide + 8;
        }
    }

    private static float Centred(SKCanvas canvas, string text, Fonts fonts, SKColor colour, float top, float height, float size)
    {
        var block = TextBlock.Fit(text, fonts, Width, height, size);
        Draw(canvas, block, colour, top);
        return block.Height;
    }

    private static void Draw(SKCanvas canvas, TextBlock block, SKColor colour, float top)
    {
        using var ink = new SKPaint { Color = colour, IsAntialias = true };
        block.DrawCentred(canvas, Middle, top, ink);
    }

    private static float Beside(SKCanvas canvas, string text, Fonts fonts, SKColor colour, float top, float height, float size)
    {
        using var ink = new SKPaint { Color = colour, IsAntialias = true };
        var block = TextBlock.Fit(text, fonts, SideWidth, height, size);
        block.DrawFrom(canvas, SideLeft, top, ink);
        return block.Height;
    }
}
