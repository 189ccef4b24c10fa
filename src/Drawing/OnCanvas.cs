using SafetyCampaign.Campaigns;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>Handwriting and QR codes on a canvas, with the same curves that pages show as SVG.</summary>
public static class OnCanvas
{
    /// <summary>How far a point may stand from a simpler line to be left out: a part of the pen.</summary>
    private const float Tolerance = 0.04f;

    /// <summary>Steps in a point of print, 0.04 mm each.</summary>
    private const int Grid = 8;

    /// <summary>Draws a signature as large as fits into a box, in the middle of it, with a round pen.</summary>
    public static void DrawStrokes(this SKCanvas canvas, Handwriting handwriting, SKRect box, float pen, SKColor colour)
    {
        var bounds = BoundsOf(handwriting);
        var scale = ScaleOf(bounds, box, pen);
        if (FontSubsets.Of(canvas) is null && canvas.TotalMatrix.IsIdentity)
        {
            DrawPixels(canvas, handwriting, bounds, scale, box, pen, colour);
            return;
        }
        var simplified = handwriting.Simplify(pen * Tolerance / scale);
        DrawPath(canvas, simplified, box, pen, colour);
    }

    /// <summary>A short flat line must not become a bar across the page.</summary>
    private static float ScaleOf(SKRect bounds, SKRect box, float pen) =>
        Math.Min(1, Math.Min((box.Width - pen) / Math.Max(bounds.Width, 1), (box.Height - pen) / Math.Max(bounds.Height, 1)));

    /// <summary>On a page of pixels.</summary>
    private static void DrawPixels(
        SKCanvas canvas, Handwriting handwriting, SKRect bounds, float scale, SKRect box, float pen, SKColor colour)
    {
        var (left, top) = (MathF.Floor(box.Left), MathF.Floor(box.Top));
        var (x, y) = (box.MidX - left - bounds.MidX * scale, box.MidY - top - bounds.MidY * scale);
        using var mask = new InkMask((int)MathF.Ceiling(box.Right - left), (int)MathF.Ceiling(box.Bottom - top), pen);
        foreach (var stroke in handwriting.Strokes)
        {
            var here = At(stroke[0].X, stroke[0].Y);
            if (stroke.Count == 1)
                mask.Dot(here);
            foreach (var (from, to, end) in new StrokeCurves(stroke))
            {
                var there = At(end.X, end.Y);
                mask.Curve(here, At(from.X, from.Y), At(to.X, to.Y), there);
                here = there;
            }
        }
        mask.Draw(canvas, left, top, colour);

        SKPoint At(int ofX, int ofY) => new(x + ofX * scale, y + ofY * scale);
    }

    /// <summary>
    /// In a document of vectors, where every digit of a coordinate is a byte of a book: the points are whole numbers of a fine grid.
    /// </summary>
    private static void DrawPath(SKCanvas canvas, Handwriting handwriting, SKRect box, float pen, SKColor colour)
    {
        var bounds = BoundsOf(handwriting);
        var scale = ScaleOf(bounds, box, pen) * Grid;
        using var path = PathOf(handwriting, bounds, scale);
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Color = colour,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = pen * Grid,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.Save();
        canvas.Translate(box.MidX - bounds.Width * scale / Grid / 2, box.MidY - bounds.Height * scale / Grid / 2);
        canvas.Scale(1f / Grid);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    /// <summary>Of every point and every handle of its curves, so of all of its ink.</summary>
    private static SKRect BoundsOf(Handwriting handwriting)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var stroke in handwriting.Strokes)
        {
            Hold(stroke[0].X, stroke[0].Y);
            foreach (var (from, to, end) in new StrokeCurves(stroke))
            {
                Hold(from.X, from.Y);
                Hold(to.X, to.Y);
                Hold(end.X, end.Y);
            }
        }
        return new SKRect(left, top, right, bottom);

        void Hold(int x, int y) => (left, top, right, bottom) =
            (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
    }

    private static SKPath PathOf(Handwriting handwriting, SKRect bounds, float scale)
    {
        var path = new SKPath();
        foreach (var stroke in handwriting.Strokes)
        {
            path.MoveTo(At(stroke[0].X, stroke[0].Y));
            if (stroke.Count == 1)
                path.RLineTo(0, 0); // a round cap on a line of no length is a dot
            foreach (var (from, to, end) in new StrokeCurves(stroke))
                path.CubicTo(At(from.X, from.Y), At(to.X, to.Y), At(end.X, end.Y));
        }
        return path;

        SKPoint At(int x, int y) => new(MathF.Round((x - bounds.Left) * scale), MathF.Round((y - bounds.Top) * scale));
    }

    /// <summary>Draws a code on white, its quiet zone included. Modules are whole pixels, so that no edge is grey.</summary>
    /// <param name="side">At most so large.</param>
    /// <returns>How large it became.</returns>
    public static float DrawQr(this SKCanvas canvas, QrDrawing qr, float left, float top, float side)
    {
        var module = qr.SideWithin(side) / qr.Side;
        using var white = new SKPaint { Color = SKColors.White };
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.DrawRect(left, top, module * qr.Side, module * qr.Side, white);
        // One path of some 200 squares would have its edges sorted; rectangles of whole pixels are filled as they come.
        foreach (var (x, y, length) in qr.Runs())
            canvas.DrawRect(left + x * module, top + y * module, length * module, module, black);
        return module * qr.Side;
    }
}
