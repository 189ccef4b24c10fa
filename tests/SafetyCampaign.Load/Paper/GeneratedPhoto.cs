using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Load.Paper;

/// <summary>What is peculiar about a photo.</summary>
internal enum PhotoKind
{
    Plain,
    Tilted,
    Shadow,
    Blurred,
    UpsideDown,
    Half,
    TwoSheets,
    NoCode,
}

/// <summary>A photo of one or two sheets on a table, drawn by a seed: up to 15° aslant, in light and shadow.</summary>
/// <param name="Kind">What is peculiar about it; tilt, light, blur and noise are in all of them.</param>
/// <param name="Jpeg">The file.</param>
/// <param name="Sheets">What lies on the table.</param>
internal sealed record GeneratedPhoto(PhotoKind Kind, byte[] Jpeg, IReadOnlyList<HandwrittenSheet> Sheets)
{
    private const float Radian = MathF.PI / 180;

    public static GeneratedPhoto Of(int seed, int longSide = 2000)
    {
        var random = new Random(seed);
        var kind = (PhotoKind)(seed % 8);
        var (first, paper) = HandwrittenSheet.Of(seed);
        List<HandwrittenSheet> sheets = [first];
        List<SKBitmap> papers = [paper];
        if (kind == PhotoKind.TwoSheets)
        {
            var (second, other) = HandwrittenSheet.Of(seed + 1_000_000);
            sheets.Add(second);
            papers.Add(other);
        }
        try
        {
            return new GeneratedPhoto(kind, Take(papers, kind, random, longSide), sheets);
        }
        finally
        {
            papers.ForEach(p => p.Dispose());
        }
    }

    /// <summary>A photo of given papers, side by side; disposes of none.</summary>
    public static byte[] Take(IReadOnlyList<SKBitmap> papers, PhotoKind kind, Random random, int longSide)
    {
        var isWide = papers.Count > 1 || random.Next(4) == 0;
        var (width, height) = isWide ? (longSide, longSide * 3 / 4) : (longSide * 3 / 4, longSide);
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        var canvas = surface.Canvas;
        canvas.Clear(SKColor.FromHsl(30, 25, 20 + 45 * random.NextSingle()));
        for (var i = 0; i < papers.Count; i++)
            Lay(canvas, papers[i], kind, random, SKRect.Create(i * width / (float)papers.Count, 0, width / (float)papers.Count, height));
        Light(canvas, kind, random, width, height);
        using var taken = surface.Snapshot();
        return Develop(taken, kind, random);
    }

    private static void Lay(SKCanvas canvas, SKBitmap paper, PhotoKind kind, Random random, SKRect place)
    {
        var most = kind == PhotoKind.Tilted ? 15 : 6;
        var turn = (random.NextSingle() * 2 - 1) * most + (kind == PhotoKind.UpsideDown ? 180
            : place.Width > place.Height ? 90 * (1 + 2 * random.Next(2)) : 0);
        var (tiltX, tiltY) = ((random.NextSingle() * 2 - 1) * most, (random.NextSingle() * 2 - 1) * most);
        var corners = Project(turn, tiltX, tiltY);
        var (left, right) = (corners.Min(c => c.X), corners.Max(c => c.X));
        var (top, bottom) = (corners.Min(c => c.Y), corners.Max(c => c.Y));
        var fit = (0.86f + 0.1f * random.NextSingle()) * Math.Min(place.Width / (right - left), place.Height / (bottom - top));
        var (x, y) = (place.MidX, place.MidY);
        if (kind == PhotoKind.Half)
        {
            fit *= 1.4f;
            y += place.Height * (random.Next(2) == 0 ? 0.55f : -0.55f);
        }
        var to = corners.Select(c => new SKPoint(x + (c.X - (left + right) / 2) * fit, y + (c.Y - (top + bottom) / 2) * fit)).ToList();
        canvas.Save();
        canvas.Concat(Matrix(paper, to));
        using var image = SKImage.FromBitmap(paper);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        if (kind == PhotoKind.NoCode)
        {
            using var cover = new SKPaint { Color = new SKColor(0xd8, 0xb0, 0x98) };
            var scale = paper.Width / ClassSheetLayout.Width;
            canvas.DrawOval(ClassSheetLayout.Code.MidX * scale, ClassSheetLayout.Code.MidY * scale, 40 * scale, 30 * scale, cover);
        }
        canvas.Restore();
    }

    /// <summary>The corners of a sheet of 595 by 842 that is turned and tilted 1,100 away from the camera.</summary>
    private static List<SKPoint> Project(float turn, float tiltX, float tiltY)
    {
        const float away = 1100, w = ClassSheetLayout.Width / 2, h = ClassSheetLayout.Height / 2;
        return [.. new SKPoint[] { new(-w, -h), new(w, -h), new(w, h), new(-w, h) }.Select(p =>
        {
            var (x, y) = (p.X * MathF.Cos(turn * Radian) - p.Y * MathF.Sin(turn * Radian),
                p.X * MathF.Sin(turn * Radian) + p.Y * MathF.Cos(turn * Radian));
            var depth = away + x * MathF.Sin(tiltY * Radian) + y * MathF.Sin(tiltX * Radian);
            return new SKPoint(x * MathF.Cos(tiltY * Radian) * away / depth, y * MathF.Cos(tiltX * Radian) * away / depth);
        })];
    }

    /// <summary>Takes the paper's corners to four points (Heckbert's square to quadrilateral).</summary>
    private static SKMatrix Matrix(SKBitmap paper, List<SKPoint> to)
    {
        var (a, b, c, d) = (to[0], to[1], to[2], to[3]);
        var sum = a - b + c - d;
        var (u, v) = (b - c, d - c);
        var det = u.X * v.Y - v.X * u.Y;
        var (g, h) = ((sum.X * v.Y - v.X * sum.Y) / det, (u.X * sum.Y - sum.X * u.Y) / det);
        var square = new SKMatrix(b.X - a.X + g * b.X, d.X - a.X + h * d.X, a.X, b.Y - a.Y + g * b.Y, d.Y - a.Y + h * d.Y, a.Y, g, h, 1);
        return square.PreConcat(SKMatrix.CreateScale(1f / paper.Width, 1f / paper.Height));
    }

    /// <summary>Light that falls off, and the shadow of a hand or phone with a sharp or soft edge.</summary>
    private static void Light(SKCanvas canvas, PhotoKind kind, Random random, int width, int height)
    {
        using var dim = new SKPaint { BlendMode = SKBlendMode.Multiply };
        var (bright, dark) = (Grey(0.9f + 0.1f * random.NextSingle()), Grey(0.65f + 0.3f * random.NextSingle()));
        using var gradient = SKShader.CreateLinearGradient(new SKPoint(width * random.NextSingle(), 0),
            new SKPoint(width * random.NextSingle(), height), [bright, dark], SKShaderTileMode.Clamp);
        dim.Shader = gradient;
        canvas.DrawRect(0, 0, width, height, dim);
        if (kind != PhotoKind.Shadow)
            return;
        using var soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 2 + 20 * random.NextSingle());
        var shade = Grey(0.5f + 0.3f * random.NextSingle());
        using var shadow = new SKPaint { BlendMode = SKBlendMode.Multiply, Color = shade, MaskFilter = soft };
        using var path = new SKPath();
        path.MoveTo(width * random.NextSingle(), height * random.NextSingle());
        for (var i = 0; i < 3; i++)
            path.LineTo(width * (1.4f * random.NextSingle() - 0.2f), height * (1.4f * random.NextSingle() - 0.2f));
        canvas.DrawPath(path, shadow);
    }

    /// <summary>Blur of the lens, noise of the sensor, JPEG.</summary>
    private static byte[] Develop(SKImage taken, PhotoKind kind, Random random)
    {
        var sigma = kind == PhotoKind.Blurred ? 0.9f + 0.9f * random.NextSingle() : 0.7f * random.NextSingle();
        using var surface = SKSurface.Create(new SKImageInfo(taken.Width, taken.Height, SKImageInfo.PlatformColorType));
        using (var blur = sigma > 0.3f ? SKImageFilter.CreateBlur(sigma, sigma) : null)
        using (var paint = new SKPaint { ImageFilter = blur })
            surface.Canvas.DrawImage(taken, 0, 0, paint);
        using var blurred = surface.Snapshot();
        using var bitmap = SKBitmap.FromImage(blurred);
        var strength = 2 + random.Next(8);
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            // The sum of two is near enough to a bell curve.
            var noise = random.Next(-strength, strength + 1) + random.Next(-strength, strength + 1);
            for (var c = 0; c < 3; c++)
                pixels[i + c] = (byte)Math.Clamp(pixels[i + c] + noise, 0, 255);
        }
        using var file = bitmap.Encode(SKEncodedImageFormat.Jpeg, 60 + random.Next(31));
        return file.ToArray();
    }

    private static SKColor Grey(float level) => new((byte)(255 * level), (byte)(255 * level), (byte)(255 * level));
}
