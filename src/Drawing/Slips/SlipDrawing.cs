using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Slips;

/// <summary>What stands on one take-home slip, in the reader's language.</summary>
/// <param name="Kind">What kind of paper it is.</param>
/// <param name="School">Whose paper it is.</param>
/// <param name="Title">The event's.</param>
/// <param name="Child">Class and seat number.</param>
/// <param name="Name">The pupil's; null where the school leaves it off.</param>
/// <param name="Call">What to do with the code.</param>
/// <param name="Or">Before the address.</param>
/// <param name="Address">To be typed by hand, up to the code.</param>
/// <param name="Code">The end of the address, which stays on one line.</param>
/// <param name="Until">Until when; null where signing has no end yet.</param>
/// <param name="Free">That it is voluntary.</param>
/// <param name="Reply">The head of the part that is torn off.</param>
/// <param name="Words">What is signed on paper; null where there is no text for guardians.</param>
/// <param name="Lines">The lines to write on, as they are named.</param>
public sealed record SlipWords(
    string Kind, string School, string Title, string Child, string? Name, string Call, string Or, string Address, string Code,
    string? Until, string Free, string Reply, string? Words, IReadOnlyList<string> Lines);

/// <summary>Take-home slips, four to a sheet of A4 with the lines along which they are cut; in points.</summary>
public static class SlipDrawing
{
    /// <summary>Slips on one sheet.</summary>
    public const int OnSheet = 4;

    private const float Mm = PdfPage.Millimetre;
    private const float Width = PdfPage.A4Width / 2;
    private const float Height = PdfPage.A4Height / 2;
    private const float Margin = 8 * Mm;
    private const float Inner = Width - (2 * Margin);
    private const float Bottom = Height - (6 * Mm);
    private const float ReplyHeight = 50 * Mm;
    private const float ReplyCodeSide = 17 * Mm;

    /// <summary>Pupil, guardian, date.</summary>
    private const int ReplyLines = 3;

    /// <summary>The part that comes back to the school, in points of one slip.</summary>
    public static SKRect Reply => new(0, Bottom - ReplyHeight, Width, Height);

    /// <summary>What is cut out of a photo: that part, and around it what a tilt of the paper moves; in points of one slip.</summary>
    public static SKRect ReplyPicture => SKRect.Inflate(Reply, 8, 8);

    /// <summary>The code on that part, without its quiet zone; in points of one slip.</summary>
    public static SKRect ReplyCode => SKRect.Create(Margin + Inner - ReplyCodeSide, Bottom - ReplyCodeSide, ReplyCodeSide, ReplyCodeSide);

    private static readonly SKColor Ink = new(0x12, 0x26, 0x3a);
    private static readonly SKColor Soft = new(0x46, 0x60, 0x6d);
    private static readonly SKColor Head = new(0x0b, 0x3c, 0x5d);

    /// <summary>Where somebody writes on that part, with a little above and below the line; in points of one slip.</summary>
    /// <param name="line">From 0: the pupil's, the guardian's.</param>
    public static SKRect ReplyLine(int line)
    {
        var under = UnderLine(line, ReplyLines);
        return new SKRect(Margin + (15 * Mm), under - (10 * Mm), ReplyCode.Left - (4 * Mm), under + (2 * Mm));
    }

    /// <summary>Draws a sheet.</summary>
    /// <param name="canvas">Of an upright A4 page.</param>
    /// <param name="slips">One to four, each with its code.</param>
    public static void Draw(SKCanvas canvas, IReadOnlyList<(SlipWords Words, QrDrawing Qr)> slips)
    {
        using var cut = new SKPaint { Color = new SKColor(0x8f, 0xa3, 0xae), StrokeWidth = 0.2f * Mm, Style = SKPaintStyle.Stroke };
        using var dashes = SKPathEffect.CreateDash([1.5f * Mm, 1.5f * Mm], 0);
        cut.PathEffect = dashes;
        canvas.DrawLine(Width, 0, Width, PdfPage.A4Height, cut);
        canvas.DrawLine(0, Height, PdfPage.A4Width, Height, cut);
        for (var i = 0; i < slips.Count; i++)
        {
            canvas.Save();
            canvas.Translate(i % 2 * Width, i / 2 * Height);
            DrawOne(canvas, slips[i].Words, slips[i].Qr);
            canvas.Restore();
        }
    }

    private static void DrawOne(SKCanvas canvas, SlipWords slip, QrDrawing qr)
    {
        using SKPaint ink = Paint(Ink), soft = Paint(Soft), head = Paint(Head);
        var top = 7 * Mm;
        top += Text(canvas, $"{slip.Kind}　{slip.School}", Fonts.Regular, Inner, 9, top, soft);
        top += Text(canvas, slip.Title, Fonts.SemiBold, Inner, 14, top, head, maxHeight: 14 * Mm) + (1 * Mm);
        top += Text(canvas, slip.Name is null ? slip.Child : $"{slip.Child}　{slip.Name}", Fonts.SemiBold, Inner, 12, top, ink) + (3 * Mm);

        var side = 32 * Mm;
        DrawQr(canvas, qr, Margin, top, side);
        var (left, width) = (Margin + side + (4 * Mm), Inner - side - (4 * Mm));
        var beside = top;
        beside += Text(canvas, slip.Call, Fonts.SemiBold, width, 11.5f, beside, ink, left, 14 * Mm) + (1 * Mm);
        beside += Text(canvas, slip.Or, Fonts.Regular, width, 8.5f, beside, soft, left);
        beside += Text(canvas, slip.Address, Fonts.SemiBold, width, 8.5f, beside, ink, left, 9 * Mm);
        beside += Text(canvas, slip.Code, Fonts.SemiBold, width, 10.5f, beside, ink, left, 10.5f * TextBlock.LineHeight) + (1 * Mm);
        if (slip.Until is { } until)
            Text(canvas, until, Fonts.Regular, width, 8.5f, beside, soft, left);
        Text(canvas, slip.Free, Fonts.Regular, Inner, 8.5f, top + side + (3 * Mm), soft, maxHeight: 12 * Mm);
        DrawReply(canvas, slip, qr, ink, soft);
    }

    /// <summary>The part that comes back to the school, along the lower edge.</summary>
    private static void DrawReply(SKCanvas canvas, SlipWords slip, QrDrawing qr, SKPaint ink, SKPaint soft)
    {
        using var line = new SKPaint { Color = Ink, StrokeWidth = 0.25f * Mm, Style = SKPaintStyle.Stroke };
        using var tear = new SKPaint { Color = Soft, StrokeWidth = 0.3f * Mm, Style = SKPaintStyle.Stroke };
        using var dots = SKPathEffect.CreateDash([0.4f * Mm, 1.2f * Mm], 0);
        tear.PathEffect = dots;
        var width = Inner - ReplyCodeSide - (4 * Mm);
        var top = Reply.Top;
        canvas.DrawLine(Margin, top, Margin + Inner, top, tear);
        top += 3 * Mm;
        var whose = slip.Name is null ? slip.Child : $"{slip.Child}　{slip.Name}";
        Text(canvas, $"{slip.Reply}　{whose}", Fonts.SemiBold, Inner, 10, top, ink);
        if (slip.Words is { } words)
            Text(canvas, words, Fonts.Regular, Inner, 8.5f, top + (6 * Mm), soft, maxHeight: 10 * Mm);
        for (var i = 0; i < slip.Lines.Count; i++)
        {
            var under = UnderLine(i, slip.Lines.Count);
            var label = TextBlock.Fit(slip.Lines[i], Fonts.Regular, width / 2, 8 * Mm, 9.5f);
            label.DrawFrom(canvas, Margin, under - label.Height, ink);
            canvas.DrawLine(Margin + label.Width + (2 * Mm), under, Margin + width, under, line);
        }
        DrawQr(canvas, qr, ReplyCode.Left, ReplyCode.Top, ReplyCodeSide);
    }

    private static float UnderLine(int line, int of) => Bottom - ((of - 1 - line) * 9 * Mm);

    /// <summary>As high as it became.</summary>
    private static float Text(SKCanvas canvas, string text, Fonts fonts, float width, float size, float top, SKPaint paint,
        float left = Margin, float maxHeight = float.PositiveInfinity)
    {
        var block = TextBlock.Fit(text, fonts, width, maxHeight, size);
        block.DrawFrom(canvas, left, top, paint);
        return block.Height;
    }

    /// <summary>The code without its quiet zone, which is white around it.</summary>
    private static void DrawQr(SKCanvas canvas, QrDrawing qr, float left, float top, float side)
    {
        using var black = new SKPaint { Color = SKColors.Black };
        using var path = new SKPath();
        foreach (var (x, y, length) in qr.Runs())
            path.AddRect(SKRect.Create(x - QrDrawing.QuietZone, y - QrDrawing.QuietZone, length, 1));
        // In modules: whole numbers take less room in a file than points.
        canvas.Save();
        canvas.Translate(left, top);
        canvas.Scale(side / (qr.Side - (2 * QrDrawing.QuietZone)));
        canvas.DrawPath(path, black);
        canvas.Restore();
    }

    private static SKPaint Paint(SKColor color) => new() { Color = color, IsAntialias = true };
}
