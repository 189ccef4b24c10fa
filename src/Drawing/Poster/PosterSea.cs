using SkiaSharp;

namespace SafetyCampaign.Drawing.Poster;

/// <summary>
/// The band of water across the poster, 297 by 46: the bank, a hand that stays on it and holds out a pole, and the lifebuoy; the same lines
/// as wwwroot/img/poster-sea.svg.
/// </summary>
internal static class PosterSea
{
    private static readonly SKColor Sky = new(0x6c, 0xb8, 0xc2);
    private static readonly SKColor Sand = new(0xf5, 0xea, 0xd6);

    public static void Draw(SKCanvas canvas, float top)
    {
        canvas.Save();
        canvas.ClipRect(new SKRect(0, top, 297, top + 46));
        canvas.Translate(0, top);
        Path(canvas, Wave(29, 20, 4, 15), Sky);
        Path(canvas, "M-4 23h58c10 0 14 3 17 9l8 18H-4z", Sand, 1.4f);
        Path(canvas, "M10 23v-5M16 23v-3M4 23v-3M30 23v-2M25 23v-4", null, 1.2f);
        Path(canvas, "M53 10 210 28", null, 2.2f);
        canvas.Save();
        canvas.Scale(0.82f);
        Path(canvas, "M-4 3h55c7 0 12 2 17 5l9 5c5 3 3 9-3 8l-12-2c-4 4-10 6-17 6H-4", SKColors.White, 1.9f);
        Path(canvas, "M62 16c2 3 1 6-3 7l-8 1", null, 1.9f);
        canvas.Restore();
        DrawBuoy(canvas);
        Path(canvas, Wave(37, 22, 4, 14), Water.Clear);
        Path(canvas, Wave(44, 24, 4, 13), Water.Deep);
        canvas.Restore();
    }

    private static void DrawBuoy(SKCanvas canvas)
    {
        canvas.Save();
        canvas.Translate(228, 25);
        canvas.Scale(0.72f);
        Path(canvas, "M-25 0a25 25 0 1 0 50 0a25 25 0 1 0-50 0z", SKColors.White, 1.8f);
        Path(canvas,
            "M0-25a25 25 0 0 1 17.7 7.3l-9.9 9.9A11 11 0 0 0 0-11zM25 0a25 25 0 0 1-7.3 17.7l-9.9-9.9A11 11 0 0 0 11 0z"
                + "M0 25a25 25 0 0 1-17.7-7.3l9.9-9.9A11 11 0 0 0 0 11zM-25 0a25 25 0 0 1 7.3-17.7l9.9 9.9A11 11 0 0 0-11 0z",
            Water.Buoy, 1.8f);
        Path(canvas, "M-11 0a11 11 0 1 0 22 0a11 11 0 1 0-22 0z", Sky, 1.8f);
        canvas.Restore();
    }

    /// <summary>A surface of waves, down to the foot of the band.</summary>
    private static string Wave(int y, int length, int height, int count) => $"M0 {y}" + string.Concat(Enumerable.Range(0, count).Select(i =>
        $"c{length / 2} 0 {length / 2} {(i % 2 == 0 ? -height : height)} {length} {(i % 2 == 0 ? -height : height)}")) + "V60H0z";

    private static void Path(SKCanvas canvas, string data, SKColor? fill, float pen = 0)
    {
        using var path = SKPath.ParseSvgPathData(data);
        using var paint = new SKPaint { IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        if (fill is { } colour)
        {
            paint.Color = colour;
            canvas.DrawPath(path, paint);
        }
        if (pen == 0)
            return;
        (paint.Style, paint.StrokeWidth, paint.Color) = (SKPaintStyle.Stroke, pen, Water.Deep);
        canvas.DrawPath(path, paint);
    }
}
