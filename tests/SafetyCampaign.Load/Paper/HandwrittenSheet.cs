using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Load.Paper;

/// <summary>A printed class sheet into which somebody wrote, by a seed.</summary>
internal sealed class HandwrittenSheet
{
    /// <summary>Pixels a point of the paper itself.</summary>
    private const float Scale = 2.5f;

    private static readonly Lazy<SKBitmap> Printed = new(() => ClassSheetDrawing.Bitmap(Sheet(""), Scale));

    private readonly Random random;

    private HandwrittenSheet(int seed, int rows)
    {
        random = new Random(seed);
        Code = "PB" + random.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 18);
        Rows = [.. Enumerable.Range(0, ClassSheetLayout.MaxRows).Select(row => (Box(row < rows), Box(row < rows)))];
    }

    /// <summary>What a box holds; a mark is less than a signature, of which nothing is expected but that it is seen.</summary>
    internal enum Written
    {
        Nothing,
        Signature,
        Mark,
    }

    public string Code { get; }

    public IReadOnlyList<(Written Pupil, Written Guardian)> Rows { get; }

    /// <summary>The sheet as it lies on the table; to be disposed of.</summary>
    public static (HandwrittenSheet Sheet, SKBitmap Paper) Of(int seed)
    {
        var sheet = new HandwrittenSheet(seed, ClassSheetLayout.MaxRows);
        return (sheet, sheet.Write());
    }

    /// <summary>A sheet whose rows were written into as is said, printed with the given words.</summary>
    /// <param name="printed">Its words, code and rows.</param>
    /// <param name="signed">Of each row, whether the pupil and the guardian signed.</param>
    /// <param name="seed">Of the handwriting.</param>
    public static SKBitmap Of(ClassSheet printed, IReadOnlyList<(bool Pupil, bool Guardian)> signed, int seed) =>
        Of(printed, [.. signed.Select(row => (SignedIf(row.Pupil), SignedIf(row.Guardian)))], seed);

    /// <summary>The same, of what each box holds.</summary>
    public static SKBitmap Of(ClassSheet printed, IReadOnlyList<(Written Pupil, Written Guardian)> rows, int seed)
    {
        var paper = ClassSheetDrawing.Bitmap(printed, Scale);
        using var canvas = new SKCanvas(paper);
        canvas.Scale(Scale);
        var random = new Random(seed);
        for (var row = 0; row < rows.Count; row++)
        {
            Write(canvas, ClassSheetLayout.PupilBox(row), rows[row].Pupil, random);
            Write(canvas, ClassSheetLayout.GuardianBox(row), rows[row].Guardian, random);
        }
        return paper;
    }

    /// <summary>A sheet to be printed with this code and these rows, its other words invented.</summary>
    public static ClassSheet Print(string code, IReadOnlyList<ClassSheetRow> rows) => Sheet(code) with { Rows = rows };

    private static Written SignedIf(bool signed) => signed ? Written.Signature : Written.Nothing;

    private SKBitmap Write()
    {
        // The words are the same on all; only the code is printed anew.
        var paper = Printed.Value.Copy();
        using var canvas = new SKCanvas(paper);
        canvas.Scale(Scale);
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(ClassSheetLayout.Code, paint);
        paint.Color = SKColors.Black;
        foreach (var (x, y, length) in new QrDrawing(Code).Runs())
            canvas.DrawRect(SKRect.Create(ClassSheetLayout.Code.Left + x * ClassSheetLayout.Module,
                ClassSheetLayout.Code.Top + y * ClassSheetLayout.Module, length * ClassSheetLayout.Module, ClassSheetLayout.Module), paint);
        for (var row = 0; row < Rows.Count; row++)
        {
            Write(canvas, ClassSheetLayout.PupilBox(row), Rows[row].Pupil, random);
            Write(canvas, ClassSheetLayout.GuardianBox(row), Rows[row].Guardian, random);
        }
        return paper;
    }

    private static void Write(SKCanvas canvas, SKRect box, Written what, Random random)
    {
        if (what == Written.Signature)
            Sign(canvas, box, random);
        else if (what == Written.Mark)
        {
            using var pen = Pen(random);
            var (x, y) = (box.Left + 6 + (box.Width - 20) * random.NextSingle(), box.MidY);
            canvas.DrawLine(x, y, x + 3 + 5 * random.NextSingle(), y + 4 * (random.NextSingle() - 0.5f), pen);
        }
    }

    /// <summary>Two to four characters of strokes, some of which reach a little over the box.</summary>
    private static void Sign(SKCanvas canvas, SKRect box, Random random)
    {
        using var pen = Pen(random);
        var size = 13 + 14 * random.NextSingle();
        var characters = random.Next(2, 5);
        var left = box.Left + 4 + (box.Width - 8 - Math.Min(box.Width - 8, characters * size)) * random.NextSingle();
        var top = box.Top + (box.Height - size) * random.NextSingle();
        for (var c = 0; c < characters; c++, left += size * 0.95f)
            for (var stroke = random.Next(3, 9); stroke > 0; stroke--)
            {
                using var path = new SKPath();
                path.MoveTo(Anywhere());
                path.CubicTo(Anywhere(), Anywhere(), Anywhere());
                canvas.DrawPath(path, pen);
            }

        SKPoint Anywhere() => new(Math.Min(left + size * random.NextSingle(), box.Right + 2), top + size * random.NextSingle());
    }

    /// <summary>A ballpoint in black or blue, a felt pen, or a pencil.</summary>
    private static SKPaint Pen(Random random) => new()
    {
        IsAntialias = true,
        IsStroke = true,
        StrokeCap = SKStrokeCap.Round,
        StrokeWidth = 0.8f + 0.9f * random.NextSingle(),
        Color = random.Next(4) switch
        {
            0 => new SKColor(0x20, 0x38, 0x90),
            1 => new SKColor(0x60, 0x60, 0x64),
            _ => new SKColor(0x18, 0x18, 0x1c),
        },
    };

    private Written Box(bool isRow) => !isRow ? Written.Nothing
        : random.Next(20) == 0 ? Written.Mark
        : random.Next(100) < 60 ? Written.Signature
        : Written.Nothing;

    private static ClassSheet Sheet(string code) => new(
        code.Length > 0 ? code : new string('0', 20), "“平安暑假”防溺水宣传活动", "大塘冲小学 五（1）班", "第 1 页，共 3 页",
        [
            new ClassSheetPledge("学生承诺书 第 1 版",
                "不私自下水游泳；不擅自与他人结伴游泳；不在无家长或教师带领的情况下游泳；不到无安全设施、无救援人员的水域游泳；不到不熟悉的水域游泳；不熟悉水性的学生不擅自下水施救"),
            new ClassSheetPledge("家长承诺书 第 1 版", "知去向、知同伴、知内容、知归时；加强陪护；教育孩子遵守六不"),
        ],
        "监护人签名，即同意主办方为这次活动保存孩子的姓名和签名", ["号", "姓名", "学生签名", "监护人签名", "关系", "日期"], "拍照时，四个黑方块和二维码都要拍到",
        [.. Enumerable.Range(1, ClassSheetLayout.MaxRows).Select(i => new ClassSheetRow($"{i}", "欧阳小明"))]);
}
