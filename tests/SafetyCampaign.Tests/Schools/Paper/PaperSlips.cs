using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Load.Paper;
using SkiaSharp;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>Take-home slips that were printed, signed at home and photographed.</summary>
internal static class PaperSlips
{
    /// <summary>Pixels a point of what is drawn.</summary>
    private const int Scale = 4;

    /// <summary>Where pupil and guardian write, in points of the part that comes back.</summary>
    public static SKRect Lines => new(
        100, SlipDrawing.ReplyCode.Bottom - 27 * PdfPage.Millimetre, SlipDrawing.ReplyCode.Left - 20, SlipDrawing.ReplyCode.Bottom);

    /// <summary>A photo of whole slips, two to a sheet as they were printed.</summary>
    /// <param name="kind">What is peculiar about it.</param>
    /// <param name="slips">What the code of each holds, and whether it was signed.</param>
    public static byte[] Uncut(PhotoKind kind, params IReadOnlyList<(string Content, bool Signed)> slips)
    {
        using var sheet = Sheet(slips);
        return Take(sheet, kind);
    }

    /// <summary>A photo of the parts that were torn off, laid over one another as far as the lines and each turned another way.</summary>
    /// <inheritdoc cref="Uncut"/>
    public static byte[] TornOff(PhotoKind kind, params IReadOnlyList<(string Content, bool Signed)> slips)
    {
        using var table = new SKBitmap((int)(PdfPage.A4Width * Scale), (int)(PdfPage.A4Height * Scale));
        using var canvas = new SKCanvas(table);
        canvas.Clear(new SKColor(0x7a, 0x5c, 0x40));
        var random = new Random(7);
        for (var i = 0; i < slips.Count; i++)
        {
            using var sheet = Sheet([slips[i]]);
            var part = SKRect.Create(SlipDrawing.ReplyPart(0).X * Scale, SlipDrawing.Reply.Top * Scale,
                SlipDrawing.Reply.Width * Scale, SlipDrawing.Reply.Height * Scale);
            canvas.Save();
            canvas.Translate(table.Width * (i % 2 == 0 ? 0.3f : 0.7f), table.Height * (0.14f + 0.24f * i));
            canvas.RotateDegrees(random.Next(-12, 13) + (i % 3 == 1 ? 180 : 0));
            canvas.DrawBitmap(sheet, part, SKRect.Create(-part.Width / 2, -part.Height / 2, part.Width, part.Height));
            canvas.Restore();
        }
        return Take(table, kind);
    }

    private static byte[] Take(SKBitmap paper, PhotoKind kind) => GeneratedPhoto.Take([paper], kind, new Random(5), longSide: 2000);

    private static SKBitmap Sheet(IReadOnlyList<(string Content, bool Signed)> slips)
    {
        var sheet = new SKBitmap((int)(PdfPage.A4Width * Scale), (int)(PdfPage.A4Height * Scale));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        SlipDrawing.Draw(canvas, [.. slips.Select(slip => (Words, new QrDrawing(slip.Content)))]);
        using var ink = new SKPaint
        {
            Color = new SKColor(0x20, 0x28, 0x60),
            StrokeWidth = 1.6f,
            Style = SKPaintStyle.Stroke,
            IsAntialias = true,
        };
        for (var i = 0; i < slips.Count; i++)
            if (slips[i].Signed)
            {
                canvas.Save();
                canvas.Translate(SlipDrawing.ReplyPart(i).X, SlipDrawing.ReplyPart(i).Y);
                Sign(canvas, ink, Lines.Top + 4);
                Sign(canvas, ink, Lines.MidY + 2);
                canvas.Restore();
            }
        return sheet;
    }

    private static void Sign(SKCanvas canvas, SKPaint ink, float top)
    {
        using var stroke = new SKPath();
        stroke.MoveTo(Lines.Left + 10, top);
        for (var i = 1; i <= 12; i++)
            stroke.LineTo(Lines.Left + 10 + (i * 4), top + (i % 2 * 16));
        canvas.DrawPath(stroke, ink);
    }

    private static SlipWords Words { get; } = new("防溺水承诺回家单", "大塘冲小学", "暑期防溺水宣传活动", "五（1）班1号", null, "扫码，和孩子一起在手机上签",
        "或打开", "pledge.example.cn/s/", "7K3M-QW9D-XX4C", "8月31日20:00前签", "自愿参加，不签没有任何影响。", "回执",
        "主办方：大塘冲社区", [new("学生：《防溺水承诺书》第 1 版", "1. 不私自下水游泳 2. 不擅自与他人结伴游泳")], "监护人同意：家长签名，表示同意。",
        "不用手机的，读过上面的承诺书，愿意遵守，签在这里交回班主任。", ["学生签名", "家长签名", "日期"]);
}
