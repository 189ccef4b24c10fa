using SafetyCampaign.Drawing.Pdf;
using SkiaSharp;

namespace SafetyCampaign.Drawing.Report;

/// <summary>Lays an activity report on upright A4 pages, as few as it takes.</summary>
public sealed class ReportDrawing : PageFlow
{
    private const float RowHeight = 17;

    private ReportDrawing()
    {
    }

    /// <summary>The pages, to be drawn in any order.</summary>
    /// <param name="report">What they say.</param>
    /// <param name="page">"第{0}页，共{1}页".</param>
    public static IReadOnlyList<PdfPage> PagesOf(ReportContent report, Func<int, int, string> page)
    {
        var drawing = new ReportDrawing();
        drawing.Lay(report);
        return drawing.Numbered(page);
    }

    private void Lay(ReportContent report)
    {
        Add(Fit(report.Kind, Fonts.Regular, Width, 13), SoftInk);
        Add(TitleBlock.Fit(report.Title, Fonts.SemiBold, Width, float.PositiveInfinity, 25), Water.Deep, after: 6);
        foreach (var (caption, value) in report.Facts)
            AddPair(caption, value, 90);
        Y += 8;
        AddFigures(report.Figures);
        Y += report.Overview.Count > 0 ? 12 : 0;
        AddParagraphs(report.Overview);
        AddHeading(report.PartsHeading);
        var indent = report.Parts.Any(part => part.Time.Length > 0) ? 90 : 0;
        foreach (var (time, part) in report.Parts)
            AddPair(time, part, indent);
        if (report.PartsNote is { } note)
            Add(Fit(note, Fonts.Regular, Width, 9.5f), SoftInk);
        foreach (var chart in report.Charts)
            AddChart(chart);
        AddTable(report);
        AddPhotos(report);
        if (report.Lessons.Count > 0)
            AddHeading(report.LessonsHeading);
        AddParagraphs(report.Lessons);
        AddHeading(report.SummaryHeading);
        AddParagraphs(report.Summary);
        Y += 8;
        foreach (var sentence in report.Notes)
            Add(Fit(sentence, Fonts.Regular, Width, 9), SoftInk, after: 1);
    }

    private void AddHeading(string heading)
    {
        Room(60); // not at the foot of a page without a line below it
        Y += 12;
        Add(Fit(heading, Fonts.SemiBold, Width, 14), Water.Deep, after: 3);
    }

    private void AddParagraphs(IReadOnlyList<string> paragraphs)
    {
        foreach (var paragraph in paragraphs)
            Add(Fit(paragraph, Fonts.Regular, Width, 11), Ink, after: 3);
    }

    private void AddPair(string caption, string value, float indent)
    {
        var (first, second) = (Fit(caption, Fonts.Regular, Math.Max(1, indent - 8), 11), Fit(value, Fonts.Regular, Width - indent, 11));
        Room(Math.Max(first.Height, second.Height));
        var top = Y;
        Add(canvas =>
        {
            Draw(canvas, first, SoftInk, Left, top);
            Draw(canvas, second, Ink, Left + indent, top);
        });
        Y += Math.Max(first.Height, second.Height) + 2;
    }

    private void AddFigures(IReadOnlyList<(string Caption, string Value)> figures)
    {
        const float height = 58;
        Room(height);
        var top = Y;
        var width = Width / figures.Count;
        Add(canvas =>
        {
            Fill(canvas, Left, top, Width, height, Water.Foam);
            for (var i = 0; i < figures.Count; i++)
            {
                Draw(canvas, Fit(figures[i].Value, Fonts.SemiBold, width - 16, 22), Water.Deep, Left + i * width + 10, top + 6);
                Draw(canvas, Fit(figures[i].Caption, Fonts.Regular, width - 16, 9.5f), SoftInk, Left + i * width + 10, top + 37);
            }
        });
        Y += height;
    }

    private void AddChart(ReportChart chart)
    {
        const float row = 16, label = 150, numbers = 50;
        AddHeading(chart.Heading);
        foreach (var bar in chart.Bars)
        {
            Room(row);
            var top = Y;
            Add(canvas =>
            {
                var name = TextBlock.Fit(bar.Label, Fonts.Regular, label - 8, row, 10.5f, whole: true);
                Draw(canvas, name, Ink, Left, top + (row - name.Height) / 2);
                Fill(canvas, Left + label, top + 3, Math.Max(1, (Width - label - numbers) * chart.LengthOf(bar)), row - 6, Water.Clear);
                var number = Fit($"{bar.Value}", Fonts.SemiBold, numbers, 10.5f);
                Draw(canvas, number, Ink,
                    Left + label + (Width - label - numbers) * chart.LengthOf(bar) + 6, top + (row - number.Height) / 2);
            });
            Y += row;
        }
    }

    private void AddTable(ReportContent report)
    {
        if (report.Rows.Count == 0)
            return;
        AddHeading(report.TableHeading);
        AddRow(report.Columns, Fonts.SemiBold);
        foreach (var row in report.Rows)
        {
            if (Y + RowHeight > Bottom)
            {
                Room(RowHeight);
                AddRow(report.Columns, Fonts.SemiBold);
            }
            AddRow(row, Fonts.Regular);
        }
    }

    private void AddRow(IReadOnlyList<string> cells, Fonts fonts)
    {
        const float height = RowHeight;
        Room(height);
        var top = Y;
        var number = Width * 0.6f / Math.Max(1, cells.Count - 1);
        Add(canvas =>
        {
            var name = TextBlock.Fit(cells[0], fonts, Width * 0.4f - 8, height, 10, whole: true);
            Draw(canvas, name, Ink, Left, top + (height - name.Height) / 2);
            for (var i = 1; i < cells.Count; i++)
            {
                var cell = TextBlock.Fit(cells[i], fonts, number - 6, height, 10, whole: true);
                Draw(canvas, cell, Ink, Left + Width * 0.4f + i * number - cell.Width, top + (height - cell.Height) / 2);
            }
            Fill(canvas, Left, top + height - 0.5f, Width, 0.5f, Line);
        });
        Y += height;
    }

    /// <summary>Some beside each other, each above its caption.</summary>
    private void AddPhotos(ReportContent report)
    {
        const int inRow = 3;
        const float gap = 12, width = (Width - (inRow - 1) * gap) / inRow, height = 118, air = 3;
        foreach (var (at, row) in report.Photos.Chunk(inRow).Index())
        {
            var boxes = Array.ConvertAll(row, photo => SKRect.Create(width, height).AspectFit(new SKSize(photo.Width, photo.Height)).Size);
            var captions = Array.ConvertAll(row, photo => Fit(photo.Caption, Fonts.Regular, width, 9.5f));
            var tallest = boxes.Zip(captions, (box, caption) => box.Height + air + caption.Height).Max();
            Room(tallest + (at == 0 ? 50 : 0)); // the heading stays with the first
            if (at == 0)
                AddHeading(report.PhotosHeading);
            var top = Y;
            Add(canvas =>
            {
                for (var i = 0; i < row.Length; i++)
                {
                    var x = Left + i * (width + gap);
                    DrawPhoto(canvas, row[i].Jpeg, SKRect.Create(x, top, boxes[i].Width, boxes[i].Height));
                    Draw(canvas, captions[i], SoftInk, x, top + boxes[i].Height + air);
                }
            });
            Y += tallest + 8;
        }
    }

    private static void DrawPhoto(SKCanvas canvas, byte[] jpeg, SKRect box)
    {
        using var image = SKImage.FromEncodedData(jpeg);
        canvas.DrawImage(image, box, new SKSamplingOptions(SKFilterMode.Linear));
    }
}
