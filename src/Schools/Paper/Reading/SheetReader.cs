using SafetyCampaign.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Schools.Paper.Reading;

/// <summary>The first guess for a row.</summary>
/// <param name="Pupil">The pupil's box.</param>
/// <param name="Guardian">The guardian's box.</param>
public sealed record RowGuess(InkGuess Pupil, InkGuess Guardian)
{
    /// <summary>Both boxes are doubtful.</summary>
    public static RowGuess Unknown { get; } = new(InkGuess.Doubtful, InkGuess.Doubtful);

    /// <summary>A person has to look: a box is doubtful, or a guardian signed where the child did not.</summary>
    public bool IsDoubtful =>
        Pupil == InkGuess.Doubtful || Guardian == InkGuess.Doubtful || (Pupil == InkGuess.NoInk && Guardian == InkGuess.Ink);
}

/// <summary>A sheet that was found in a photo.</summary>
/// <param name="Code">What its QR code holds.</param>
/// <param name="Straight">
/// The sheet alone, upright, with <see cref="SheetReader.Scale"/> pixels a point; null where its marks were not found or the photo is too
/// small: then it is looked at as a whole.
/// </param>
/// <param name="Rows">A guess for each row that a sheet can have; all unknown where it is not straight.</param>
public sealed record ReadSheet(string Code, GrayImage? Straight, IReadOnlyList<RowGuess> Rows);

/// <summary>
/// Reads photos of class sheets: finds each sheet by its QR code, straightens it by its four marks, and guesses row by row whether
/// somebody wrote into the boxes. It recognises no letters and decides nothing: a person does.
/// </summary>
public static class SheetReader
{
    /// <summary>Of a straightened sheet, in pixels a point: 144 dpi.</summary>
    public const int Scale = 2;

    /// <summary>Pixels a point below which strokes are lost; the sheet is looked at as a whole then.</summary>
    private const float MinPhotoScale = 0.8f;

    /// <summary>How far a printed line may lie from where it should, in pixels: paper is seldom flat.</summary>
    private const int LineLeeway = 8;

    /// <summary>How much darker a printed line must be than what is beside it, of 255.</summary>
    private const float MinLineContrast = 14;

    /// <summary>From a printed line to where ink is looked for, in pixels.</summary>
    private const int Inset = 7;

    private static readonly IReadOnlyList<RowGuess> AllUnknown =
        [.. Enumerable.Repeat(RowGuess.Unknown, ClassSheetLayout.MaxRows)];

    /// <summary>The sheets in a photo, each once; none where there is no QR code to be read.</summary>
    /// <param name="photo">Upright or not, tilted, in shadow; the long side at least 1,000 pixels.</param>
    public static IReadOnlyList<ReadSheet> Read(GrayImage photo) => Read(photo, SheetCodeFinder.Find(photo));

    /// <summary>The sheets whose codes were found in a photo, each once.</summary>
    public static IReadOnlyList<ReadSheet> Read(GrayImage photo, IEnumerable<FoundCode> codes) =>
        [.. codes.DistinctBy(code => code.Content).Select(code => Read(photo, code))];

    private static ReadSheet Read(GrayImage photo, FoundCode code)
    {
        if (CornerMarks.ScaleOf(code) < MinPhotoScale || CornerMarks.Find(photo, code) is not { } lies)
            return new ReadSheet(code.Content, null, AllUnknown);
        var straight = Straighten(photo, lies);
        return new ReadSheet(code.Content, straight, Guess(straight));
    }

    private static GrayImage Straighten(GrayImage photo, Homography lies)
    {
        const int width = (int)ClassSheetLayout.Width * Scale, height = (int)ClassSheetLayout.Height * Scale;
        var pixels = new byte[width * height];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var from = lies.Map((x + 0.5f) / Scale, (y + 0.5f) / Scale);
                pixels[y * width + x] = (byte)(photo.At(from.X - 0.5f, from.Y - 0.5f) + 0.5f);
            }
        });
        return new GrayImage(width, height, pixels);
    }

    /// <summary>Guesses for a straightened sheet.</summary>
    public static IReadOnlyList<RowGuess> Guess(GrayImage straight)
    {
        var meter = new InkMeter(straight);
        return [.. Enumerable.Range(0, ClassSheetLayout.MaxRows).Select(row => new RowGuess(
            Guess(straight, meter, ClassSheetLayout.PupilBox(row)), Guess(straight, meter, ClassSheetLayout.GuardianBox(row))))];
    }

    /// <summary>Where the box's printed lines are not all seen, whatever is in it may be another's.</summary>
    private static InkGuess Guess(GrayImage page, InkMeter meter, SKRect box)
    {
        var (left, top) = ((int)(box.Left * Scale), (int)(box.Top * Scale));
        var (right, bottom) = ((int)(box.Right * Scale), (int)(box.Bottom * Scale));
        if (Line(page, top, left, right, across: true) is not { } above || Line(page, bottom, left, right, across: true) is not { } below
            || Line(page, left, above, below, across: false) is not { } before
            || Line(page, right, above, below, across: false) is not { } behind)
            return InkGuess.Doubtful;
        return meter.Guess(new SKRectI(before + Inset, above + Inset, behind - Inset, below - Inset));
    }

    /// <summary>Where a printed line lies near a place; null where none is seen.</summary>
    private static int? Line(GrayImage page, int near, int from, int to, bool across)
    {
        var (first, last) = (from + 2 * Inset, to - 2 * Inset);
        Span<float> brightness = stackalloc float[2 * LineLeeway + 1];
        for (var i = 0; i < brightness.Length; i++)
        {
            var place = near - LineLeeway + i;
            var sum = 0f;
            for (var along = first; along < last; along++)
                sum += across ? page.Pixels[place * page.Width + along] : page.Pixels[along * page.Width + place];
            brightness[i] = sum / (last - first);
        }
        var darkest = 0;
        for (var i = 1; i < brightness.Length; i++)
            if (brightness[i] < brightness[darkest])
                darkest = i;
        var beside = 0f;
        foreach (var value in brightness)
            beside = Math.Max(beside, value);
        return beside - brightness[darkest] >= MinLineContrast ? near - LineLeeway + darkest : null;
    }
}
