using SafetyCampaign.Campaigns;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>Handwriting and QR codes on a canvas, from the same paths that pages show as SVG.</summary>
public static class OnCanvas
{
    /// <summary>Draws a signature as large as fits into a box, in the middle of it, with a round pen.</summary>
    public static void DrawStrokes(this SKCanvas canvas, Handwriting handwriting, SKRect box, float pen, SKColor colour)
    {
        using var path = SKPath.ParseSvgPathData(StrokePath.Of(handwriting).Data);
        // Not TightBounds, which leaves out ends of straight strokes. These hold every handle of a curve, so all of its ink.
        var bounds = path.Bounds;
        // A short flat line must not become a bar across the page.
        var scale = Math.Min(1, Math.Min((box.Width - pen) / Math.Max(bounds.Width, 1), (box.Height - pen) / Math.Max(bounds.Height, 1)));
        path.Transform(SKMatrix.CreateScale(scale, scale));
        path.Transform(SKMatrix.CreateTranslation(box.MidX - bounds.MidX * scale, box.MidY - bounds.MidY * scale));
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Color = colour,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = pen,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(path, paint);
    }

    /// <summary>Draws a code on white, its quiet zone included. Modules are whole pixels, so that no edge is grey.</summary>
    /// <param name="side">At most so large.</param>
    /// <returns>How large it became.</returns>
    public static float DrawQr(this SKCanvas canvas, QrDrawing qr, float left, float top, float side)
    {
        var module = qr.SideWithin(side) / qr.Side;
        using var path = SKPath.ParseSvgPathData(qr.Path());
        path.Transform(SKMatrix.CreateScaleTranslation(module, module, left, top));
        using var white = new SKPaint { Color = SKColors.White };
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.DrawRect(left, top, module * qr.Side, module * qr.Side, white);
        canvas.DrawPath(path, black);
        return module * qr.Side;
    }
}
