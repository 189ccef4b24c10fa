using SkiaSharp;
using static SafetyCampaign.Drawing.ClassSheetLayout;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Draws a class sheet in black on white, in points: numbered rows with a box for each signature, a QR code by which a photo of the
/// sheet is recognised, and four marks by which it is straightened.
/// </summary>
public static class ClassSheetDrawing
{
    private const float Line = 0.7f;

    /// <summary>Of the words beside the QR code.</summary>
    private static readonly float TextWidth = Code.Left - Columns[0] - 6;

    /// <summary>Draws it onto a page, or onto a picture that is scaled to points.</summary>
    public static void Draw(SKCanvas canvas, ClassSheet sheet)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        DrawMarks(canvas, ink);
        DrawCode(canvas, sheet.Code, ink);
        DrawHead(canvas, sheet, ink);
        DrawTable(canvas, sheet, ink);
        var note = TextBlock.Fit(sheet.Note, Fonts.Regular, Columns[^1] - Columns[0] - 20, 22, 7.5f);
        note.DrawCentred(canvas, Width / 2, RowTop(MaxRows) + 5, ink);
    }

    /// <summary>As a picture on white.</summary>
    /// <param name="sheet">What it says.</param>
    /// <param name="scale">Pixels a point.</param>
    public static SKBitmap Bitmap(ClassSheet sheet, float scale)
    {
        var page = new SKBitmap(new SKImageInfo((int)(Width * scale), (int)(Height * scale), SKImageInfo.PlatformColorType,
            SKAlphaType.Opaque));
        using var canvas = new SKCanvas(page);
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        Draw(canvas, sheet);
        return page;
    }

    private static void DrawMarks(SKCanvas canvas, SKPaint ink)
    {
        foreach (var middle in Marks)
            canvas.DrawRect(SKRect.Create(middle.X - MarkSide / 2, middle.Y - MarkSide / 2, MarkSide, MarkSide), ink);
    }

    /// <summary>One path, so that no printer draws hairlines between the rows.</summary>
    private static void DrawCode(SKCanvas canvas, string content, SKPaint ink)
    {
        var qr = new QrDrawing(content);
        if (qr.Side != CodeModules)
            throw new ArgumentException($"The code takes {qr.Side} modules, and the sheet has room for {CodeModules}.", nameof(content));
        using var path = new SKPath();
        foreach (var (x, y, length) in qr.Runs())
            path.AddRect(SKRect.Create(Code.Left + x * Module, Code.Top + y * Module, length * Module, Module));
        canvas.DrawPath(path, ink);
    }

    private static void DrawHead(SKCanvas canvas, ClassSheet sheet, SKPaint ink)
    {
        var left = Columns[0];
        TextBlock.Fit(sheet.Title, Fonts.SemiBold, TextWidth, 30, 17).DrawFrom(canvas, left, 40, ink);
        TextBlock.Fit(sheet.Class, Fonts.SemiBold, TextWidth, 20, 12).DrawFrom(canvas, left, 68, ink);
        var page = TextBlock.Fit(sheet.Page, Fonts.Regular, Code.Width, 14, 8.5f);
        page.DrawCentred(canvas, Code.MidX, Code.Bottom - 2, ink);
        var top = 90f;
        var room = (HeadTop - 24 - top) / sheet.Pledges.Count;
        foreach (var pledge in sheet.Pledges)
        {
            // What is lower than the code may run below it.
            var width = top > Code.Bottom + 6 ? Columns[^1] - left : TextWidth;
            var heading = TextBlock.Fit(pledge.Heading, Fonts.SemiBold, width, 13, 8);
            heading.DrawFrom(canvas, left, top, ink);
            TextBlock.Fit(pledge.Words, Fonts.Regular, width, room - heading.Height, 8).DrawFrom(canvas, left, top + heading.Height, ink);
            top += room;
        }
        if (sheet.Consent.Length > 0)
            TextBlock.Fit(sheet.Consent, Fonts.SemiBold, Columns[^1] - left, 20, 7.5f).DrawFrom(canvas, left, HeadTop - 22, ink);
    }

    private static void DrawTable(SKCanvas canvas, ClassSheet sheet, SKPaint ink)
    {
        for (var i = 0; i < sheet.Columns.Count; i++)
            if (sheet.Columns[i].Length > 0)
            {
                var head = TextBlock.Fit(sheet.Columns[i], Fonts.SemiBold, Columns[i + 1] - Columns[i] - 4, 19, 8);
                head.DrawCentred(canvas, (Columns[i] + Columns[i + 1]) / 2, HeadTop + 10 - head.Height / 2, ink);
            }
        for (var i = 0; i < sheet.Rows.Count; i++)
        {
            var (middle, row) = (RowTop(i) + RowHeight / 2, sheet.Rows[i]);
            var number = TextBlock.Fit(row.Number, Fonts.Regular, Columns[1] - Columns[0] - 4, RowHeight, 10);
            number.DrawCentred(canvas, (Columns[0] + Columns[1]) / 2, middle - number.Height / 2, ink);
            if (row.Name.Length == 0)
                continue;
            var name = TextBlock.Fit(row.Name, Fonts.Regular, Columns[2] - Columns[1] - 10, RowHeight - 4, 13, whole: true);
            name.DrawFrom(canvas, Columns[1] + 5, middle - name.Height / 2, ink);
        }
        (ink.IsStroke, ink.StrokeWidth) = (true, Line);
        canvas.DrawLine(Columns[0], HeadTop, Columns[^1], HeadTop, ink);
        for (var i = 0; i <= sheet.Rows.Count; i++)
            canvas.DrawLine(Columns[0], RowTop(i), Columns[^1], RowTop(i), ink);
        foreach (var x in Columns)
            canvas.DrawLine(x, HeadTop, x, RowTop(sheet.Rows.Count), ink);
        ink.IsStroke = false;
    }
}
