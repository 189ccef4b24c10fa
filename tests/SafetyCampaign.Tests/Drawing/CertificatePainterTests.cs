using FsCheck;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>The certificate as it goes out: few colours, bands that are compressed once, one page that is painted on again.</summary>
public sealed class CertificatePainterTests
{
    private static readonly PledgeWording English = OfficialTexts.TranslationsOf(OfficialTexts.For(SignerRole.Student)[0])[0].Wording;

    private static readonly Dictionary<string, Certificate> Pages = new()
    {
        ["chinese"] = Signed("王小明"),
        ["translated"] = Signed("王小明") with { TitleTranslation = English.Title, ClauseTranslations = English.Clauses },
        ["rehearsal"] = Signed("王小明") with { Rehearsal = "演练" },
        ["long"] = Signed(string.Concat(Enumerable.Repeat("རྒྱ", 20))),
        ["uyghur"] = Signed("ئابدۇراخمان ئابدۇكېرىم"),
        ["without clauses"] = Signed("ᠪᠠᠲᠤ") with { Clauses = [.. Enumerable.Repeat(new string('一', PledgeWording.ClauseMaxLength), 20)] },
    };

    public static TheoryData<string> Kinds => [.. Pages.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void To_the_eye_it_is_the_picture_in_all_colours(string kind)
    {
        using var all = CertificateDrawing.Bitmap(Pages[kind]);
        using var painter = new CertificatePainter(new CertificateSheets());
        using var sixteen = SKBitmap.Decode(painter.Png(Pages[kind]));

        // As wide as a phone shows it.
        var (a, b) = (Shown(all), Shown(sixteen));
        var differences = a.Zip(b, Difference).ToList();
        Assert.InRange(differences.Average(), 0, 0.8); // of 255
        Assert.InRange(differences.Count(difference => difference > 24), 0, differences.Count / 500);
    }

    [Fact]
    public void What_was_painted_before_leaves_nothing_behind()
    {
        var sheets = new CertificateSheets();
        using var painter = new CertificatePainter(sheets);
        var alone = Pages.ToDictionary(page => page.Key, page =>
        {
            using var fresh = new CertificatePainter(new CertificateSheets());
            return fresh.Png(page.Value);
        });

        foreach (var kind in (string[])[.. Pages.Keys, "chinese", "long", "chinese", "rehearsal", "translated", "uyghur", "chinese"])
            Assert.True(alone[kind].AsSpan().SequenceEqual(painter.Png(Pages[kind])), kind);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_weighs_at_most_60_KB_and_its_code_can_be_read(string kind)
    {
        using var painter = new CertificatePainter(new CertificateSheets());

        var png = painter.Png(Pages[kind]);

        Assert.InRange(png.Length, 10_000, 60 * 1024);
        Assert.Equal(Pages[kind].VerificationAddress, await QrReader.ReadPngAsync(png));
    }

    /// <summary>Straight strokes, dots and flat lines among them.</summary>
    [Fact]
    public void Every_signature_stays_inside_its_box()
    {
        var point = from x in Gen.Choose(0, 1199) from y in Gen.Choose(0, 599) select (x, y);
        var stroke = Gen.OneOf(point.ListOf(1), point.ListOf(2), point.ListOf(9)).Select(points => points.ToArray());
        var signature = Gen.OneOf(stroke.ListOf(1), stroke.ListOf(3), stroke.ListOf(12)).Select(strokes => strokes.ToArray());
        using var paper = new SKBitmap(240, 120);
        using var canvas = new SKCanvas(paper);
        var box = SKRect.Create(20, 20, 200, 80);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_717, 1), Prop.ForAll(signature.ToArbitrary(), strokes =>
        {
            var bytes = SafetyCampaign.Tests.Ink.Draw(strokes);
            if (Strokes.Check(bytes) == StrokesProblem.Empty)
                return true; // too small to be a signature
            canvas.Clear(SKColors.White);
            canvas.DrawStrokes(Strokes.Decode(bytes), box, 4, SKColors.Black);
            var ink = paper.Pixels.Index().Where(dot => dot.Item.Red < 250)
                .Select(dot => (X: dot.Index % paper.Width, Y: dot.Index / paper.Width)).ToList();
            return ink.Count > 0 && ink.TrueForAll(dot => box.Contains(dot.X + 0.5f, dot.Y + 0.5f));
        }));
    }

    [Fact]
    public void On_a_page_of_pixels_ink_looks_as_in_a_document()
    {
        var box = SKRect.Create(20, 20, 360, 114);
        using var pixels = Draw(canvas => canvas.DrawStrokes(Ink(3), box, 4, SKColors.Black));
        using var stroked = Draw(canvas =>
        {
            canvas.Translate(20, 0); // on any but a plain page the path itself is stroked
            canvas.DrawStrokes(Ink(3), SKRect.Create(0, 20, 360, 114), 4, SKColors.Black);
        });

        var differences = pixels.Pixels.Zip(stroked.Pixels, Difference).ToList();
        Assert.InRange(differences.Average(), 0, 0.5); // of 255
        // More only where two strokes meet in one dot, and at the tip of a cusp, which a path's outline may cut.
        Assert.InRange(differences.Count(difference => difference > 128), 0, 10);
        Assert.True(pixels.Pixels.Count(pixel => pixel.Red < 50) > 1000);

        static SKBitmap Draw(Action<SKCanvas> draw)
        {
            var paper = new SKBitmap(400, 154);
            using var canvas = new SKCanvas(paper);
            canvas.Clear(SKColors.White);
            draw(canvas);
            return paper;
        }
    }

    private static Certificate Signed(string name) => CertificateDrawingTests.Page(name) with
    {
        Signatures = [new($"学生 {name}", name, Ink(1)), new("妈妈 王芳", "王芳", Ink(2))],
    };

    private static Handwriting Ink(int seed)
    {
        var random = new Random(seed);
        return Strokes.Decode(SafetyCampaign.Tests.Ink.Draw([.. Enumerable.Range(0, 16).Select(_ => Stroke(random))]));
    }

    private static (int X, int Y)[] Stroke(Random random)
    {
        var (x, y) = (random.Next(100, 900), random.Next(100, 400));
        return [.. Enumerable.Range(0, 8).Select(_ => (x += random.Next(-40, 60), y += random.Next(-30, 40)))];
    }

    private static double Difference(SKColor a, SKColor b) =>
        (Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue)) / 3.0;

    private static SKColor[] Shown(SKBitmap page)
    {
        using var small = page.Resize(new SKSizeI(400, 566), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small.Pixels;
    }
}
