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
/// <param name="Hosts">Who asks for the pledge.</param>
/// <param name="Pledges">The texts that are signed on paper.</param>
/// <param name="Consent">What a guardian agrees to by signing; empty where none is printed.</param>
/// <param name="Words">Who signs here.</param>
/// <param name="Lines">The lines to write on, as they are named.</param>
public sealed record SlipWords(
    string Kind, string School, string Title, string Child, string? Name, string Call, string Or, string Address, string Code,
    string? Until, string Free, string Reply, string Hosts, IReadOnlyList<ClassSheetPledge> Pledges, string Consent, string Words,
    IReadOnlyList<string> Lines);

/// <summary>
/// Take-home slips, two to a sheet of A4 with the line along which they are cut, in points. On the left is the part that stays at home, to
/// be signed by phone; on the right the one that comes back signed on paper, with what is signed. All measures are of one part: a quarter
/// of the sheet.
/// </summary>
public static class SlipDrawing
{
    /// <summary>Slips on one sheet.</summary>
    public const int OnSheet = 2;

    private const float Mm = PdfPage.Millimetre;
    private const float Width = PdfPage.A4Width / 2;
    private const float Height = PdfPage.A4Height / 2;
    private const float Margin = 8 * Mm;
    private const float Inner = Width - (2 * Margin);
    private const float Bottom = Height - (6 * Mm);
    private const float LinesHeight = 50 * Mm;
    private const float ReplyCodeSide = 17 * Mm;

    /// <summary>Pupil, guardian, date.</summary>
    private const int ReplyLines = 3;

    /// <summary>Of the texts and the consent where they are short enough; else smaller.</summary>
    private const float PledgeSize = 8.5f;

    /// <summary>
    /// The part of slip <paramref name="index"/> of a sheet that comes back to the school: all that follows stands on it as it is measured
    /// here.
    /// </summary>
    public static SKPoint ReplyPart(int index) => new(Width, index * Height);

    /// <summary>The lines that are signed, below what is signed: the lower end of the part that comes back.</summary>
    public static SKRect Reply => new(0, Bottom - LinesHeight, Width, Height);

    /// <summary>What is cut out of a photo: those lines, and around them what a tilt of the paper moves.</summary>
    public static SKRect ReplyPicture => SKRect.Inflate(Reply, 8, 8);

    /// <summary>The code beside the lines, without its quiet zone.</summary>
    public static SKRect ReplyCode => SKRect.Create(Margin + Inner - ReplyCodeSide, Bottom - ReplyCodeSide, ReplyCodeSide, ReplyCodeSide);

    private static readonly SKColor Ink = new(0x12, 0x26, 0x3a);
    private static readonly SKColor Soft = new(0x46, 0x60, 0x6d);
    private static readonly SKColor Head = new(0x0b, 0x3c, 0x5d);

    /// <summary>Where somebody writes, with a little above and below the line.</summary>
    /// <param name="line">From 0: the pupil's, the guardian's.</param>
    public static SKRect ReplyLine(int line)
    {
        var under = UnderLine(line, ReplyLines);
        return new SKRect(Margin + (15 * Mm), under - (10 * Mm), ReplyCode.Left - (4 * Mm), under + (2 * Mm));
    }

    /// <summary>Draws a sheet.</summary>
    /// <param name="canvas">Of an upright A4 page.</param>
    /// <param name="slips">One or two, each with its code.</param>
    public static void Draw(SKCanvas canvas, IReadOnlyList<(SlipWords Words, QrDrawing Qr)> slips)
    {
        using var cut = new SKPaint { Color = new SKColor(0x8f, 0xa3, 0xae), StrokeWidth = 0.2f * Mm, Style = SKPaintStyle.Stroke };
        using var tear = new SKPaint { Color = Soft, StrokeWidth = 0.3f * Mm, Style = SKPaintStyle.Stroke };
        using var dashes = SKPathEffect.CreateDash([1.5f * Mm, 1.5f * Mm], 0);
        using var dots = SKPathEffect.CreateDash([0.4f * Mm, 1.2f * Mm], 0);
        (cut.PathEffect, tear.PathEffect) = (dashes, dots);
        canvas.DrawLine(0, Height, PdfPage.A4Width, Height, cut);
        for (var i = 0; i < slips.Count; i++)
        {
            var (part, (words, qr)) = (ReplyPart(i), slips[i]);
            canvas.DrawLine(part.X, part.Y, part.X, part.Y + Height, tear);
            canvas.Save();
            canvas.Translate(0, part.Y);
            DrawHome(canvas, words, qr);
            canvas.Translate(part.X, 0);
            DrawReply(canvas, words, qr);
            canvas.Restore();
        }
    }

    /// <summary>The part that stays at home.</summary>
    private static void DrawHome(SKCanvas canvas, SlipWords slip, QrDrawing qr)
    {
        using SKPaint ink = Paint(Ink), soft = Paint(Soft), head = Paint(Head);
        var top = 9 * Mm;
        top += Text(canvas, $"{slip.Kind}　{slip.School}", Fonts.Regular, Inner, 9.5f, top, soft);
        top += Text(canvas, slip.Title, Fonts.SemiBold, Inner, 16, top, head, maxHeight: 18 * Mm) + (1 * Mm);
        top += Text(canvas, WhoseIs(slip), Fonts.SemiBold, Inner, 13, top, ink) + (4 * Mm);
        var side = 42 * Mm;
        DrawQr(canvas, qr, Margin, top, side);
        top += side + (4 * Mm);
        top += Text(canvas, slip.Call, Fonts.SemiBold, Inner, 13, top, ink, maxHeight: 14 * Mm) + (1 * Mm);
        top += Text(canvas, $"{slip.Or} {slip.Address}", Fonts.Regular, Inner, 10, top, soft, maxHeight: 10 * Mm);
        top += Text(canvas, slip.Code, Fonts.SemiBold, Inner, 14, top, ink, maxHeight: 14 * TextBlock.LineHeight) + (1 * Mm);
        if (slip.Until is { } until)
            top += Text(canvas, until, Fonts.Regular, Inner, 10, top, soft) + (1 * Mm);
        Text(canvas, slip.Free, Fonts.Regular, Inner, 9.5f, top, soft, maxHeight: Height - (5 * Mm) - top);
    }

    /// <summary>The part that comes back to the school: whose, what is signed, what a guardian agrees to, the lines.</summary>
    private static void DrawReply(SKCanvas canvas, SlipWords slip, QrDrawing qr)
    {
        using SKPaint ink = Paint(Ink), soft = Paint(Soft);
        var top = 6 * Mm;
        top += Text(canvas, $"{slip.Reply}　{slip.School}　{slip.Title}", Fonts.SemiBold, Inner, 9, top, ink, maxHeight: 9 * Mm);
        top += Text(canvas, slip.Hosts, Fonts.Regular, Inner, 8, top, soft, maxHeight: 8 * Mm) + (1 * Mm);
        var room = Reply.Top - (1 * Mm) - top;
        if (slip.Consent.Length > 0)
        {
            var consent = TextBlock.Fit(slip.Consent, Fonts.SemiBold, Inner, room / 3, PledgeSize);
            room -= consent.Height;
            consent.DrawFrom(canvas, Margin, top + room, ink);
            room -= 1 * Mm;
        }
        foreach (var block in PledgesIn(slip.Pledges, room))
        {
            block.DrawFrom(canvas, Margin, top, ink);
            top += block.Height;
        }
        DrawLines(canvas, slip, qr, ink, soft);
    }

    /// <summary>Headings and texts in one size, the largest in which all of them have room.</summary>
    private static List<TextBlock> PledgesIn(IReadOnlyList<ClassSheetPledge> pledges, float height)
    {
        var texts = pledges.SelectMany(pledge => new[]
        {
            new Paragraph(pledge.Heading, Fonts.SemiBold), new Paragraph(pledge.Words, Fonts.Regular),
        }).ToList();
        for (var size = PledgeSize; ; size *= 0.97f)
            if (texts.ConvertAll(text => text.Fit(Inner, float.PositiveInfinity, size)) is var blocks
                && blocks.Sum(block => block.Height) <= height)
                return blocks;
    }

    private static void DrawLines(SKCanvas canvas, SlipWords slip, QrDrawing qr, SKPaint ink, SKPaint soft)
    {
        using var line = new SKPaint { Color = Ink, StrokeWidth = 0.25f * Mm, Style = SKPaintStyle.Stroke };
        var width = Inner - ReplyCodeSide - (4 * Mm);
        canvas.DrawLine(Margin, Reply.Top, Margin + Inner, Reply.Top, line);
        var top = Reply.Top + (3 * Mm);
        Text(canvas, WhoseIs(slip), Fonts.SemiBold, Inner, 10, top, ink);
        Text(canvas, slip.Words, Fonts.Regular, Inner, 8.5f, top + (6 * Mm), soft, maxHeight: 10 * Mm);
        for (var i = 0; i < slip.Lines.Count; i++)
        {
            var under = UnderLine(i, slip.Lines.Count);
            var label = TextBlock.Fit(slip.Lines[i], Fonts.Regular, width / 2, 8 * Mm, 9.5f);
            label.DrawFrom(canvas, Margin, under - label.Height, ink);
            canvas.DrawLine(Margin + label.Width + (2 * Mm), under, Margin + width, under, line);
        }
        DrawQr(canvas, qr, ReplyCode.Left, ReplyCode.Top, ReplyCodeSide);
    }

    private static string WhoseIs(SlipWords slip) => slip.Name is null ? slip.Child : $"{slip.Child}　{slip.Name}";

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
