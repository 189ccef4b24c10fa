using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>The pictures that our pages share: waves and the lifebuoy, in the colours of Layout/tokens.css.</summary>
internal static class Water
{
    public static readonly SKColor Deep = new(0x0b, 0x3c, 0x5d);
    public static readonly SKColor Clear = new(0x13, 0x7c, 0x8b);
    public static readonly SKColor Shallow = new(0xcd, 0xe6, 0xea);
    public static readonly SKColor Foam = new(0xf3, 0xfa, 0xfb);
    public static readonly SKColor Buoy = new(0xd9, 0x48, 0x0f);

    /// <summary>Water up to a wavy surface, across the whole width and down to the bottom.</summary>
    public static void DrawWaves(this SKCanvas canvas, SKRect area, float length, float height, float phase, SKColor colour)
    {
        using var path = new SKPath();
        var x = area.Left - length * phase;
        path.MoveTo(x, area.Top);
        for (; x < area.Right; x += length)
        {
            path.CubicTo(x + length * 0.18f, area.Top - height, x + length * 0.32f, area.Top - height, x + length / 2, area.Top);
            path.CubicTo(x + length * 0.68f, area.Top + height, x + length * 0.82f, area.Top + height, x + length, area.Top);
        }
        path.LineTo(x, area.Bottom);
        path.LineTo(area.Left - length, area.Bottom);
        path.Close();
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        canvas.DrawPath(path, paint);
    }

    /// <summary>A ring in four red and four white parts, with room in the middle for a number.</summary>
    public static void DrawLifebuoy(this SKCanvas canvas, float x, float y, float radius)
    {
        var ring = radius * 0.3f;
        var middle = SKRect.Create(x - radius + ring / 2, y - radius + ring / 2, 2 * radius - ring, 2 * radius - ring);
        using var paint = new SKPaint { IsAntialias = true };
        paint.Color = SKColors.White;
        canvas.DrawCircle(x, y, radius, paint);
        (paint.Style, paint.StrokeWidth) = (SKPaintStyle.Stroke, ring);
        paint.Color = Buoy;
        for (var part = 0; part < 4; part++)
            canvas.DrawArc(middle, 90 * part + 22, 46, useCenter: false, paint);
        (paint.StrokeWidth, paint.Color) = (3, Deep);
        canvas.DrawCircle(x, y, radius, paint);
        canvas.DrawCircle(x, y, radius - ring, paint);
    }
}
