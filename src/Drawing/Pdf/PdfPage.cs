using SkiaSharp;

namespace SafetyCampaign.Drawing.Pdf;

/// <summary>A page to be drawn, in points of 1/72 inch; its drawing is done twice, see <see cref="PdfDocument.Write"/>.</summary>
public sealed record PdfPage(float Width, float Height, Action<SKCanvas> Draw)
{
    /// <summary>ISO 216 A4 in points: the width upright.</summary>
    public const float A4Width = 595.276f;

    /// <summary>The height of A4 upright; the width of A3 lying.</summary>
    public const float A4Height = 841.89f;

    /// <summary>The height of A3 upright, in points.</summary>
    public const float A3Height = 1190.551f;

    /// <summary>How many points a millimetre has.</summary>
    public const float Millimetre = 72 / 25.4f;

    /// <summary>An upright A4 page.</summary>
    public static PdfPage A4(Action<SKCanvas> draw) => new(A4Width, A4Height, draw);
}
