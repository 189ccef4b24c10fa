using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// The page a child puts on the wall, as an image that WeChat saves on a long press (docs/domain.md 7): the proportions of
/// A4 so that it fills the printed sheet, and 1080 pixels wide so that it is sharp on a phone.
/// </summary>
public static class CertificateDrawing
{
    public const int Width = 1080;
    public const int Height = 1528;

    private const float Middle = Width / 2f;
    private const float Frame = 36;
    private const float TextLeft = 108;
    private const float TextWidth = Width - 2 * TextLeft;
    private const float Indent = 58;
    private const float MaxClauseFontSize = 34;
    private const float MinClauseFontSize = 22;
    private const float ClausesMiddle = 764;
    private const float ClausesHeight = 330;
    private const float TranslatedClausesHeight = 338;
    private const float CodeLeft = 88;
    private const float CodeSide = 190;
    private const float BuoyX = 896;
    private const float BuoyY = 1366;

    /// <summary>The letters of a translation, of the size of those above them.</summary>
    private const float TranslationScale = 0.76f;

    private static readonly SKColor SoftInk = new(0x46, 0x60, 0x6d);
    private static readonly SKColor Pen = new(0x12, 0x26, 0x3a);

    /// <summary>The page in all colours, for whoever prints or compares it.</summary>
    public static SKBitmap Bitmap(Certificate certificate)
    {
        var page = NewPage();
        using var canvas = new SKCanvas(page);
        DrawShared(canvas, certificate);
        DrawOwn(canvas, certificate);
        return page;
    }

    /// <summary>In the machine's own order of colours: in any other, Skia takes each pixel through its general pipeline.</summary>
    internal static SKBitmap NewPage() => new(new SKImageInfo(Width, Height, SKImageInfo.PlatformColorType, SKAlphaType.Opaque));

    /// <summary>What the certificates of an event, a text and a language share; see <see cref="CertificateSheet.KeyOf"/>.</summary>
    internal static void DrawShared(SKCanvas canvas, Certificate certificate)
    {
        DrawPaper(canvas);
        DrawTitle(canvas, certificate);
        DrawPromise(canvas, certificate);
        DrawFacts(canvas, certificate.Facts);
        DrawFoot(canvas, certificate);
    }

    /// <summary>What is a family's own, above that: within <see cref="CertificateBands.Own"/>, but for a rehearsal's words.</summary>
    internal static void DrawOwn(SKCanvas canvas, Certificate certificate)
    {
        DrawWithin(CertificateBands.Names, () => DrawNames(canvas, certificate));
        DrawWithin(CertificateBands.Signatures, () => DrawSignatures(canvas, certificate.Signatures));
        DrawWithin(CertificateBands.Proof, () => DrawProof(canvas, certificate));
        if (certificate.Rehearsal is { } rehearsal)
            DrawAcross(canvas, rehearsal);

        void DrawWithin(int band, Action draw)
        {
            canvas.Save();
            canvas.ClipRect(new SKRect(0, CertificateBands.Top(band), Width, CertificateBands.Ends[band]));
            draw();
            canvas.Restore();
        }
    }

    private static void DrawPaper(SKCanvas canvas)
    {
        canvas.Clear(Water.Foam);
        var frame = new SKRoundRect(SKRect.Create(Frame, Frame, Width - 2 * Frame, Height - 2 * Frame), 28);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.White };
        canvas.DrawRoundRect(frame, paint);
        canvas.Save();
        canvas.ClipRoundRect(frame, antialias: true);
        canvas.DrawWaves(new SKRect(0, 1262, Width, Height), 560, 26, 0.15f, Water.Shallow);
        canvas.DrawWaves(new SKRect(0, 1288, Width, Height), 470, 22, 0.6f, new SKColor(0x6c, 0xb8, 0xc2));
        canvas.DrawWaves(new SKRect(0, 1318, Width, Height), 640, 18, 0.35f, Water.Deep);
        canvas.Restore();
        (paint.Style, paint.StrokeWidth, paint.Color) = (SKPaintStyle.Stroke, 3, Water.Clear);
        canvas.DrawRoundRect(frame, paint);
    }

    private static void DrawTitle(SKCanvas canvas, Certificate certificate)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = Water.Deep };
        var below = certificate.TitleTranslation;
        var title = TextBlock.Fit(certificate.Title, Fonts.SemiBold, TextWidth, below is null ? 150 : 104, 76);
        title.DrawCentred(canvas, Middle, (below is null ? 142 : 110) - title.Height / 2, ink);
        if (below is not null)
        {
            ink.Color = SoftInk;
            var translation = TextBlock.Fit(below, Fonts.Regular, TextWidth, 44, 30);
            translation.DrawCentred(canvas, Middle, 178 - translation.Height / 2, ink);
        }

        DrawRipple(canvas, 226);
    }

    private static void DrawNames(SKCanvas canvas, Certificate certificate)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = SoftInk };
        var belonging = TextBlock.Fit(certificate.Belonging, Fonts.Regular, TextWidth, 90, 32);
        belonging.DrawCentred(canvas, Middle, 292 - belonging.Height / 2, ink);

        ink.Color = Water.Deep;
        var names = TextBlock.Fit(string.Join("\u3000", certificate.Names), Fonts.SemiBold, TextWidth, 200, 132, whole: true,
            Air(certificate.Names));
        names.DrawCentred(canvas, Middle, 420 - names.Height / 2, ink);
    }

    /// <summary>A name of two or three characters is set wide, as on any certificate.</summary>
    private static float Air(IReadOnlyList<string> names) =>
        names.Any(name => name[0] < '\u2E80') ? 0 : names.Max(name => Graphemes.Of(name).Count) switch { <= 2 => 0.3f, 3 => 0.15f, _ => 0 };

    private static void DrawRipple(SKCanvas canvas, float y)
    {
        using var line = new SKPaint
        {
            IsAntialias = true,
            Color = Water.Clear,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 3,
            StrokeCap = SKStrokeCap.Round
        };
        using var wave = new SKPath();
        wave.MoveTo(Middle - 66, y);
        for (var crest = 0; crest < 3; crest++)
        {
            wave.RCubicTo(11, -16, 11, -16, 22, 0);
            wave.RCubicTo(11, 16, 11, 16, 22, 0);
        }
        canvas.DrawPath(wave, line);
    }

    private static void DrawPromise(SKCanvas canvas, Certificate certificate)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = Pen };
        var promise = TextBlock.Fit(certificate.Promise, Fonts.Regular, TextWidth, 52, 36);
        if (promise.Size < MinClauseFontSize) // a long title reads better on two lines
            promise = TextBlock.Fit(certificate.Promise, Fonts.Regular, TextWidth, 96, 30);
        promise.DrawCentred(canvas, Middle, 562 - promise.Height / 2, ink);
        if (FitClauses(certificate.Clauses, certificate.ClauseTranslations) is { } clauses)
            DrawClauses(canvas, clauses);
        else
            DrawPaleLifebuoy(canvas);
    }

    /// <summary>A clause, with its translation below it where there is one.</summary>
    private sealed record ClauseBlock(TextBlock Clause, TextBlock? Translation)
    {
        public float Height => Clause.Height + (Translation?.Height ?? 0);

        public float Width => Math.Max(Clause.Width, Translation?.Width ?? 0);
    }

    /// <summary>All in one size, the translations left out where they have no room; null where it would be too small for a wall.</summary>
    private static List<ClauseBlock>? FitClauses(IReadOnlyList<string> clauses, IReadOnlyList<string> translations)
    {
        var paragraphs = clauses.Select(clause => new Paragraph(clause, Fonts.Regular)).ToList();
        var below = translations.Select(translation => new Paragraph(translation, Fonts.Regular)).ToList();
        return below.Count > 0 ? Fit(below, TranslatedClausesHeight) ?? Fit([], ClausesHeight) : Fit([], ClausesHeight);

        List<ClauseBlock>? Fit(List<Paragraph> below, float height)
        {
            for (var size = MaxClauseFontSize; size >= MinClauseFontSize; size *= 0.96f)
            {
                var blocks = paragraphs.Select((paragraph, i) => new ClauseBlock(
                    paragraph.Fit(TextWidth - Indent, float.PositiveInfinity, size),
                    i < below.Count ? below[i].Fit(TextWidth - Indent, float.PositiveInfinity, TranslationScale * size) : null)).ToList();
                if (blocks.Sum(block => block.Height) <= height && blocks.TrueForAll(CanBeRead))
                    return blocks;
            }
            return null;
        }

        // A word that is wider than the line would have become smaller.
        static bool CanBeRead(ClauseBlock block) =>
            block.Translation is null || block.Translation.Size >= TranslationScale * MinClauseFontSize;
    }

    private static void DrawClauses(SKCanvas canvas, List<ClauseBlock> clauses)
    {
        using var ink = new SKPaint { IsAntialias = true };
        var height = clauses[0].Translation is null ? ClausesHeight : TranslatedClausesHeight;
        // Few clauses stand wider apart; many fill the room.
        var gap = Math.Min(6, (height - clauses.Sum(clause => clause.Height)) / clauses.Count);
        var left = Middle - (clauses.Max(clause => clause.Width) + Indent) / 2;
        var top = ClausesMiddle - (clauses.Sum(clause => clause.Height + gap) - gap) / 2;
        for (var i = 0; i < clauses.Count; top += clauses[i].Height + gap, i++)
        {
            var (clause, translation) = clauses[i];
            ink.Color = Water.Clear;
            TextBlock.Fit($"{i + 1}", Fonts.SemiBold, Indent, float.PositiveInfinity, clause.Size).DrawFrom(canvas, left, top, ink);
            ink.Color = Pen;
            clause.DrawFrom(canvas, left + Indent, top, ink);
            ink.Color = SoftInk;
            translation?.DrawFrom(canvas, left + Indent, top + clause.Height, ink);
        }
    }

    private static void DrawPaleLifebuoy(SKCanvas canvas)
    {
        using var pale = new SKPaint { Color = SKColors.White.WithAlpha(0x40) };
        canvas.SaveLayer(pale);
        canvas.DrawLifebuoy(Middle, ClausesMiddle, 120);
        canvas.Restore();
    }

    private static void DrawSignatures(SKCanvas canvas, IReadOnlyList<CertificateSignature> signatures)
    {
        const float gap = 48, line = 1072;
        var width = Math.Min(360, (TextWidth - gap * (signatures.Count - 1)) / signatures.Count);
        var left = Middle - (width * signatures.Count + gap * (signatures.Count - 1)) / 2;
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var signature in signatures)
        {
            paint.Color = Pen;
            var box = SKRect.Create(left, line - 122, width, 114);
            if (signature.Handwriting is { } handwriting)
                canvas.DrawStrokes(handwriting, box, 4, Pen);
            else if (TextBlock.Fit(signature.Name, Fonts.Regular, width, box.Height, 44, whole: true) is var typed)
                typed.DrawCentred(canvas, box.MidX, box.Bottom - typed.Height, paint);
            paint.Color = Water.Shallow;
            canvas.DrawRect(left, line, width, 2, paint);
            paint.Color = SoftInk;
            TextBlock.Fit(signature.Caption, Fonts.Regular, width, 66, 25, whole: true).DrawCentred(canvas, box.MidX, line + 4, paint);
            left += width + gap;
        }
    }

    private static void DrawFacts(SKCanvas canvas, IReadOnlyList<string> facts)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = SoftInk };
        const float room = 44;
        var top = 1180 - room * facts.Count / 2;
        foreach (var fact in facts)
        {
            TextBlock.Fit(fact, Fonts.Regular, TextWidth, room, 27).DrawCentred(canvas, Middle, top, ink);
            top += room;
        }
    }

    /// <summary>The words beside the code, and the lifebuoy.</summary>
    private static void DrawFoot(SKCanvas canvas, Certificate certificate)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = SKColors.White };
        var left = ProofLeft(new QrDrawing(certificate.VerificationAddress).SideWithin(CodeSide));
        TextBlock.Fit(certificate.Kind, Fonts.SemiBold, 420, 46, 30).DrawFrom(canvas, left, 1328, ink);
        var caption = TextBlock.Fit(certificate.VerificationCaption, Fonts.Regular, 420, 60, 21);
        caption.DrawFrom(canvas, left, 1402 - caption.Height / 2, ink);

        const float x = BuoyX, y = BuoyY, radius = 108; // clear of the line above it
        canvas.DrawLifebuoy(x, y, radius);
        // The water is drawn over its lower part.
        canvas.Save();
        canvas.ClipRect(SKRect.Create(x - radius - 2, y, 2 * radius + 4, radius + 2));
        canvas.DrawWaves(SKRect.Create(x - radius - 20, y + 78, 2 * radius + 40, 60), 190, 7, 0.2f, Water.Deep.WithAlpha(0xb0));
        canvas.Restore();
        ink.Color = Water.Deep;
        TextBlock.Fit(certificate.NumberCaption, Fonts.Regular, 100, 34, 23).DrawCentred(canvas, x, y - 62, ink);
    }

    /// <summary>Where the words beside the code begin.</summary>
    /// <param name="side">Of the code, which differs with the length of the address.</param>
    private static float ProofLeft(float side) => CodeLeft + side + 30;

    private static void DrawProof(SKCanvas canvas, Certificate certificate)
    {
        var side = canvas.DrawQr(new QrDrawing(certificate.VerificationAddress), CodeLeft, 1270, CodeSide);
        using var ink = new SKPaint { IsAntialias = true, Color = SKColors.White };
        TextBlock.Fit(certificate.Verification, Fonts.SemiBold, 420, 50, 34).DrawFrom(canvas, ProofLeft(side), 1431, ink);
        ink.Color = Water.Deep;
        var number = TextBlock.Fit(certificate.Numbers, Fonts.SemiBold, 136, 84, 56, whole: true);
        number.DrawCentred(canvas, BuoyX, BuoyY + 10 - number.Height / 2, ink);
    }

    private static void DrawAcross(SKCanvas canvas, string words)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = Water.Buoy.WithAlpha(0x38) };
        canvas.Save();
        canvas.RotateDegrees(-24, Middle, 760);
        var block = TextBlock.Fit(words, Fonts.SemiBold, 900, 300, 170);
        block.DrawCentred(canvas, Middle, 760 - block.Height / 2, ink);
        canvas.Restore();
    }
}
