using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Wordprocessing;
using SafetyCampaign.Drawing.Report;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using ParagraphProperties = DocumentFormat.OpenXml.Wordprocessing.ParagraphProperties;
using Picture = DocumentFormat.OpenXml.Drawing.Pictures.Picture;
using Pictures = DocumentFormat.OpenXml.Drawing.Pictures;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace SafetyCampaign.Records.Report;

/// <summary>A photo in a document, as wide as half a page, with its caption as its description.</summary>
internal static class DocxPhoto
{
    private const string PictureNamespace = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    /// <summary>Of OOXML's unit of length, in a millimetre.</summary>
    private const long UnitsPerMillimetre = 36_000;

    private const long MaxWidth = 110 * UnitsPerMillimetre;
    private const long MaxHeight = 90 * UnitsPerMillimetre;

    /// <param name="photo">What it shows.</param>
    /// <param name="part">The id of the part with its bytes.</param>
    /// <param name="number">Among the pictures of the document, from 1.</param>
    public static Paragraph Of(ReportPicture photo, string part, int number)
    {
        var scale = Math.Min((double)MaxWidth / photo.Width, (double)MaxHeight / photo.Height);
        var (width, height) = ((long)(photo.Width * scale), (long)(photo.Height * scale));
        var id = (uint)number;
        return new Paragraph(
            new ParagraphProperties(new KeepNext()), // stays with its caption
            new Run(new DocumentFormat.OpenXml.Wordprocessing.Drawing(new Inline(
                new Extent { Cx = width, Cy = height },
                new DocProperties { Id = id, Name = $"photo-{number}", Description = photo.Caption },
                new Graphic(new GraphicData(PictureOf(photo, part, id, width, height)) { Uri = PictureNamespace })))));
    }

    private static Picture PictureOf(ReportPicture photo, string part, uint id, long width, long height) => new(
        new Pictures.NonVisualPictureProperties(
            new Pictures.NonVisualDrawingProperties { Id = id, Name = $"photo-{id}", Description = photo.Caption },
            new Pictures.NonVisualPictureDrawingProperties()),
        new Pictures.BlipFill(new Blip { Embed = part }, new Stretch(new FillRectangle())),
        new Pictures.ShapeProperties(
            new Transform2D(new Offset { X = 0, Y = 0 }, new Extents { Cx = width, Cy = height }),
            new PresetGeometry(new AdjustValueList()) { Preset = ShapeTypeValues.Rectangle }));
}
