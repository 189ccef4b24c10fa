using System.Globalization;
using System.Text;
using QRCoder;

namespace SafetyCampaign.Drawing;

/// <summary>
/// A QR code in black on white with the quiet zone of 4 modules that the standard asks for, error correction M.
/// </summary>
public sealed class QrDrawing
{
    /// <summary>White around the code, in modules on each side (ISO/IEC 18004).</summary>
    public const int QuietZone = 4;

    private readonly QRCodeData data;

    public QrDrawing(string content)
    {
        using var generator = new QRCodeGenerator();
        data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
    }

    /// <summary>Modules along a side, the quiet zone included: the drawing's unit of length.</summary>
    public int Side => data.ModuleMatrix.Count;

    /// <summary>How large it becomes where it is at most so large and its modules are whole pixels.</summary>
    public float SideWithin(float side) => MathF.Floor(side / Side) * Side;

    /// <summary>The runs of black modules, from the left, row by row from the top, in modules.</summary>
    public IEnumerable<(int X, int Y, int Length)> Runs()
    {
        for (var y = 0; y < Side; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < Side; x++)
            {
                if (!row[x])
                    continue;
                var start = x;
                while (row[x + 1]) // The quiet zone ends every run.
                    x++;
                yield return (start, y, x + 1 - start);
            }
        }
    }

    /// <summary>
    /// The black modules as the data of one SVG path, a subpath for each run in a row. One path is filled at one go, so
    /// no printer or projector draws hairlines between the rows.
    /// </summary>
    public string Path()
    {
        var path = new StringBuilder();
        foreach (var (x, y, length) in Runs())
            path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{length}v1h-{length}z");
        return path.ToString();
    }

    /// <summary>A picture that scales to any size.</summary>
    public string Svg() =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Side} {Side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{Side}v{Side}H0z"/><path d="{Path()}"/></svg>""";

    /// <summary>A picture for documents and chats.</summary>
    /// <param name="pixelsPerModule">24 make an ordinary address about 900 pixels wide: 12 cm in print at 190 dpi.</param>
    public byte[] Png(int pixelsPerModule = 24) => new PngByteQRCode(data).GetGraphic(pixelsPerModule);
}
