using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>Where everything stands on a class sheet, A4 upright, in points (1/72 inch) from its top left corner.</summary>
public static class ClassSheetLayout
{
    public const float Width = 595;
    public const float Height = 842;

    /// <summary>Rows of a sheet: 12 mm high, in which a pupil of grade 1 can write.</summary>
    public const int MaxRows = 16;

    public const float RowHeight = 35;

    /// <summary>What a picture of a row shows above and below it.</summary>
    public const float RowMargin = 2.5f;

    /// <summary>Where the first row begins.</summary>
    public const float RowsTop = 226;

    /// <summary>Of the heading of the columns, above the first row.</summary>
    public const float HeadTop = RowsTop - 20;

    /// <summary>Side of the four black squares, 5 mm.</summary>
    public const float MarkSide = 14;

    /// <summary>From an edge of the sheet to the middle of a mark: outside of what printers leave white.</summary>
    private const float MarkMiddle = 27;

    /// <summary>Of one module of the QR code, 1 mm: in a photo of 2,000 pixels some 5 of them.</summary>
    public const float Module = 3;

    /// <summary>Of the QR code with its quiet zone, in modules: version 1 has 21.</summary>
    public const int CodeModules = 21 + (2 * QrDrawing.QuietZone);

    /// <summary>The borders of the columns: number, name, the pupil's signature, the guardian's, relation, date.</summary>
    public static IReadOnlyList<float> Columns { get; } = [40, 62, 166, 298, 430, 485, 555];

    /// <summary>The middles of the marks: top left, top right, bottom right, bottom left.</summary>
    public static IReadOnlyList<SKPoint> Marks { get; } =
    [
        new(MarkMiddle, MarkMiddle), new(Width - MarkMiddle, MarkMiddle), new(Width - MarkMiddle, Height - MarkMiddle),
        new(MarkMiddle, Height - MarkMiddle),
    ];

    /// <summary>The QR code with its quiet zone.</summary>
    public static SKRect Code { get; } =
        SKRect.Create(Columns[^1] - CodeModules * Module + 6, 44, CodeModules * Module, CodeModules * Module);

    /// <summary>The middles of the code's three finder patterns: bottom left, top left, top right.</summary>
    public static IReadOnlyList<SKPoint> Finders { get; } =
    [
        new(Code.Left + FinderMiddle, Code.Bottom - FinderMiddle), new(Code.Left + FinderMiddle, Code.Top + FinderMiddle),
        new(Code.Right - FinderMiddle, Code.Top + FinderMiddle),
    ];

    private static float FinderMiddle => (QrDrawing.QuietZone + 3.5f) * Module;

    /// <summary>Where a row begins, from 0; with <see cref="MaxRows"/> where the last one ends.</summary>
    public static float RowTop(int row) => RowsTop + row * RowHeight;

    /// <summary>A whole row.</summary>
    public static SKRect Row(int row) => Cell(row, Columns[0], Columns[^1]);

    /// <summary>Where the pupil signs.</summary>
    public static SKRect PupilBox(int row) => Cell(row, Columns[2], Columns[3]);

    /// <summary>Where the guardian signs.</summary>
    public static SKRect GuardianBox(int row) => Cell(row, Columns[3], Columns[4]);

    private static SKRect Cell(int row, float left, float right) => new(left, RowTop(row), right, RowTop(row + 1));
}
