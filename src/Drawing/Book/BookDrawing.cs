using System.Globalization;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Book;

/// <summary>Draws the pages of a pledge book, upright A4 in points. Not safe from several threads.</summary>
public sealed class BookDrawing(BookFrame frame) : IDisposable
{
    /// <summary>Signers on a page.</summary>
    public const int MaxRows = 17;

    /// <summary>Chapters on a page of the contents.</summary>
    public const int MaxLines = 26;

    /// <summary>Names of so many UTF-16 units break between their words alone.</summary>
    private const int MaxWhole = 24;

    private const float Left = 42;
    private const float Right = Pdf.PdfPage.A4Width - Left;
    private const float Width = Right - Left;
    private const float Bottom = Pdf.PdfPage.A4Height - 48;
    private const float TableTop = 96;
    private const float HeadHeight = 20;
    private const float RowHeight = (Bottom - TableTop - HeadHeight) / MaxRows;

    /// <summary>Number, name, role, signature, time and way, code: where each begins, and the right edge.</summary>
    private static readonly float[] Edges = [Left, Left + 36, Left + 154, Left + 232, Left + 346, Left + 426, Right];

    private static readonly SKColor Ink = new(0x12, 0x26, 0x3a);
    private static readonly SKColor SoftInk = new(0x46, 0x60, 0x6d);
    private static readonly SKColor Line = new(0xa6, 0xb1, 0xba);
    private static readonly SKColor HeadGround = new(0xe8, 0xf1, 0xf3);

    /// <summary>Words that stand in most rows, fitted once.</summary>
    private readonly Dictionary<(string Text, float Width), TextBlock> fitted = [];

    private readonly SKPaint paint = new() { IsAntialias = true };

    /// <summary>The texts of the rows and frames that do not come from signers, for <see cref="FontSubsets.Add"/>.</summary>
    public IEnumerable<string> FixedTexts => [.. frame.Columns, frame.Verify, frame.Event, frame.Page(1234567890, 1234567890)];

    /// <summary>Cover with the place for the seal.</summary>
    public void DrawCover(SKCanvas canvas, BookCover cover)
    {
        Centred(canvas, cover.Kind, Fonts.Regular, SoftInk, 150, Width, 40, 22);
        var block = TitleBlock.Fit(cover.Title, Fonts.SemiBold, Width, 150, 38);
        paint.Color = Water.Deep;
        block.DrawCentred(canvas, Pdf.PdfPage.A4Width / 2, 196, paint);
        var title = block.Height;
        Fill(canvas, Pdf.PdfPage.A4Width / 2 - 40, 216 + title, 80, 2, Water.Clear);
        var top = 262 + title;
        foreach (var (caption, value) in cover.Facts)
        {
            var words = TextBlock.Fit(value, Fonts.Regular, Width - 130, 90, 14);
            var height = Math.Max(words.Height, 20);
            Text(canvas, caption, Fonts.Regular, SoftInk, Left + 20, top, 90, 20, 14);
            paint.Color = Ink;
            words.DrawFrom(canvas, Left + 120, top, paint);
            Fill(canvas, Left + 10, top + height + 6, Width - 20, 0.5f, Line);
            top += height + 14;
        }
        DrawSeal(canvas, cover.Seal, Math.Max(top + 100, 640));
        var foot = Pdf.PdfPage.A4Height - 40;
        foreach (var note in cover.Notes.Reverse())
        {
            var words = TextBlock.Fit(note, Fonts.Regular, Width, 40, 9.5f);
            foot -= words.Height;
            paint.Color = SoftInk;
            words.DrawFrom(canvas, Left, foot, paint);
        }
    }

    /// <summary>A page of the numbered contents.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="title">At its head.</param>
    /// <param name="lines">At most <see cref="MaxLines"/>.</param>
    /// <param name="first">The number of the first line.</param>
    public void DrawContents(SKCanvas canvas, string title, IReadOnlyList<BookContentsLine> lines, int first)
    {
        var top = 64 + 24 + Text(canvas, title, Fonts.SemiBold, Water.Deep, Left, 56, Width, 40, 24);
        for (var i = 0; i < lines.Count; i++, top += 26)
        {
            Text(canvas, Count(first + i), Fonts.Regular, SoftInk, Left, top, 30, 20, 12);
            Text(canvas, lines[i].Title, Fonts.Regular, Ink, Left + 32, top, Width - 190, 22, 13);
            AtRight(canvas, lines[i].Count, Fonts.Regular, SoftInk, Right - 50, top, 100, 11);
            AtRight(canvas, Count(lines[i].Page), Fonts.Regular, Ink, Right, top, 46, 13);
            Fill(canvas, Left, top + 21, Width, 0.5f, Line);
        }
    }

    /// <summary>Lays the texts that were signed on as many pages as they take.</summary>
    /// <param name="heading">At the head of the first.</param>
    /// <param name="wordings">In their order.</param>
    public IReadOnlyList<Action<SKCanvas>> Wordings(string heading, IReadOnlyList<BookWording> wordings)
    {
        var flow = new BookFlow(Left, 56, Width, Bottom);
        flow.Add(heading, Fonts.SemiBold, 24, Water.Deep, before: 0);
        foreach (var (kind, wording) in wordings)
        {
            flow.Add(kind, Fonts.Regular, 10.5f, SoftInk, before: 24, keepsNext: true);
            flow.Add(wording.Title, Fonts.SemiBold, 16, Water.Deep, before: 2, keepsNext: true);
            for (var i = 0; i < wording.Clauses.Count; i++)
                flow.Add(wording.Clauses[i], Fonts.Regular, 12, Ink, before: 4, number: Count(i + 1));
            if (wording.Closing.Length > 0)
                flow.Add(wording.Closing, Fonts.Regular, 11, SoftInk, before: 8);
        }
        return flow.Pages;
    }

    /// <summary>Lays sentences on as many pages as they take.</summary>
    public IReadOnlyList<Action<SKCanvas>> Sentences(string heading, IEnumerable<string> sentences)
    {
        var flow = new BookFlow(Left, 56, Width, Bottom);
        flow.Add(heading, Fonts.SemiBold, 20, Water.Deep, before: 0);
        foreach (var sentence in sentences)
            flow.Add(sentence, Fonts.Regular, 11.5f, Ink, before: 6);
        return flow.Pages;
    }

    /// <summary>A page of signers.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="title">Of the chapter.</param>
    /// <param name="rows">At most <see cref="MaxRows"/>.</param>
    public void DrawRows(SKCanvas canvas, string title, IReadOnlyList<BookRow> rows)
    {
        Text(canvas, frame.Event, Fonts.Regular, SoftInk, Left, 38, Width, 16, 9.5f);
        Text(canvas, title, Fonts.SemiBold, Water.Deep, Left, 56, Width, 30, 18);
        Fill(canvas, Left, TableTop, Width, HeadHeight, HeadGround);
        for (var i = 0; i < frame.Columns.Count; i++)
            InBox(canvas, frame.Columns[i], Fonts.SemiBold, Ink, i, TableTop, HeadHeight, 10);
        var top = TableTop + HeadHeight;
        foreach (var row in rows)
        {
            DrawRow(canvas, row, top);
            top += RowHeight;
        }
        for (var y = 0; y <= rows.Count; y++)
            Fill(canvas, Left, TableTop + HeadHeight + y * RowHeight, Width, 0.5f, Line);
        Fill(canvas, Left, TableTop, Width, 0.5f, Line);
        foreach (var x in Edges)
            Fill(canvas, x - 0.25f, TableTop, 0.5f, top - TableTop, Line);
    }

    /// <summary>The foot of every page but the cover.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pages">Of the book.</param>
    public void DrawFoot(SKCanvas canvas, int page, int pages)
    {
        Text(canvas, frame.Verify, Fonts.Regular, SoftInk, Left, Bottom + 14, Width - 110, 14, 8.5f);
        AtRight(canvas, frame.Page(page, pages), Fonts.Regular, SoftInk, Right, Bottom + 13, 104, 9.5f);
    }

    /// <inheritdoc/>
    public void Dispose() => paint.Dispose();

    private void DrawRow(SKCanvas canvas, BookRow row, float top)
    {
        InBox(canvas, row.Number, Fonts.Regular, Ink, 0, top, RowHeight, 11);
        paint.Color = Ink;
        var name = TextBlock.Fit(row.Name, Fonts.SemiBold, Edges[2] - Edges[1] - 8, RowHeight - 4, 13,
            whole: row.Name.Length <= MaxWhole); // what is longer breaks anywhere, and is larger for it
        name.DrawFrom(canvas, Edges[1] + 4, top + (RowHeight - name.Height) / 2, paint);
        Pair(canvas, row.Role, row.RoleNote, 2, top);
        if (row.Handwriting is { } handwriting)
            canvas.DrawStrokes(handwriting, SKRect.Create(Edges[3] + 3, top + 3, Edges[4] - Edges[3] - 6, RowHeight - 6), 1.1f, Ink);
        else if (row.Paper is null || !DrawPaper(canvas, row.Paper, top))
            InBox(canvas, row.Signature, Fonts.Regular, SoftInk, 3, top, RowHeight, 10);
        Pair(canvas, row.At, row.Channel, 4, top);
        InBox(canvas, row.Code, Fonts.Regular, Ink, 5, top, RowHeight, 8.5f);
    }

    private static bool DrawPaper(SKCanvas canvas, byte[] picture, float top)
    {
        using var image = SKImage.FromEncodedData(picture);
        if (image is null)
            return false;
        var box = SKRect.Create(Edges[3] + 3, top + 3, Edges[4] - Edges[3] - 6, RowHeight - 6).AspectFit(image.Info.Size);
        canvas.DrawImage(image, box, new SKSamplingOptions(SKFilterMode.Linear));
        return true;
    }

    private void Pair(SKCanvas canvas, string above, string? below, int column, float top)
    {
        if (below is null)
        {
            InBox(canvas, above, Fonts.Regular, Ink, column, top, RowHeight, 10);
            return;
        }
        InBox(canvas, above, Fonts.Regular, Ink, column, top + 4, RowHeight / 2 - 4, 10);
        InBox(canvas, below, Fonts.Regular, SoftInk, column, top + RowHeight / 2, RowHeight / 2 - 4, 9);
    }

    private void InBox(SKCanvas canvas, string text, Fonts fonts, SKColor colour, int column, float top, float height, float size)
    {
        if (text.Length == 0)
            return;
        var block = Fitted(text, fonts, Edges[column + 1] - Edges[column] - 8, height, size);
        paint.Color = colour;
        block.DrawFrom(canvas, Edges[column] + 4, top + (height - block.Height) / 2, paint);
    }

    /// <summary>Numbers, times and codes differ from row to row; they are not kept.</summary>
    private TextBlock Fitted(string text, Fonts fonts, float width, float height, float size)
    {
        if (text.Any(char.IsAsciiDigit))
            return TextBlock.Fit(text, fonts, width, height, size, whole: true);
        if (!fitted.TryGetValue((text, width * 1000 + size), out var block))
            fitted.Add((text, width * 1000 + size), block = TextBlock.Fit(text, fonts, width, height, size, whole: true));
        return block;
    }

    private void DrawSeal(SKCanvas canvas, string words, float middle)
    {
        const float radius = 60; // 42 mm across, as the seals of public bodies
        using var dash = SKPathEffect.CreateDash([4, 4], 0);
        using var pen = new SKPaint
        {
            IsAntialias = true,
            Color = Line,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.8f,
            PathEffect = dash,
        };
        canvas.DrawCircle(Right - radius - 20, middle, radius, pen);
        var block = TextBlock.Fit(words, Fonts.Regular, 2 * radius - 20, 40, 13);
        paint.Color = SoftInk;
        block.DrawCentred(canvas, Right - radius - 20, middle - block.Height / 2, paint);
    }

    /// <returns>Its height.</returns>
    private float Text(SKCanvas canvas, string text, Fonts fonts, SKColor colour, float x, float y, float width, float height, float size)
    {
        paint.Color = colour;
        var block = TextBlock.Fit(text, fonts, width, height, size);
        block.DrawFrom(canvas, x, y, paint);
        return block.Height;
    }

    private float Centred(SKCanvas canvas, string text, Fonts fonts, SKColor colour, float y, float width, float height, float size)
    {
        paint.Color = colour;
        var block = TextBlock.Fit(text, fonts, width, height, size);
        block.DrawCentred(canvas, Pdf.PdfPage.A4Width / 2, y, paint);
        return block.Height;
    }

    private void AtRight(SKCanvas canvas, string text, Fonts fonts, SKColor colour, float right, float y, float width, float size)
    {
        if (text.Length == 0)
            return;
        paint.Color = colour;
        var block = TextBlock.Fit(text, fonts, width, 30, size);
        block.DrawFrom(canvas, right - block.Width, y, paint);
    }

    private void Fill(SKCanvas canvas, float x, float y, float width, float height, SKColor colour)
    {
        paint.Color = colour;
        canvas.DrawRect(x, y, width, height, paint);
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
