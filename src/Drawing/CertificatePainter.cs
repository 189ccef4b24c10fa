using System.IO.Compression;
using SkiaSharp;

namespace SafetyCampaign.Drawing;

/// <summary>
/// Paints one certificate after the other as PNGs, on a page of its own (8 MB, reused). What they share is taken from
/// <see cref="CertificateSheets"/>, so that only the bands with a name, ink, code or number are mapped and compressed for each. Not safe
/// from several threads.
/// </summary>
public sealed class CertificatePainter(CertificateSheets sheets) : IDisposable
{
    private static readonly byte[] Head = PalettePng.Head(CertificateDrawing.Width, CertificateDrawing.Height);

    /// <summary>Of what is made for each picture, in 0.9 ms: by 3 it is 1.7 KB more in 0.5 ms, by 6 a tenth of a KB less in 1.3.</summary>
    private static readonly ZLibCompressionOptions Own = new() { CompressionLevel = 5 };

    /// <summary>Of what is made once.</summary>
    private static readonly ZLibCompressionOptions Shared = new() { CompressionLevel = 9 };

    private readonly SKBitmap page = CertificateDrawing.NewPage();
    private readonly byte[] rows = new byte[CertificateSheet.Stride * CertificateDrawing.Height];

    /// <summary>What lies on the page; null after a drawing that failed.</summary>
    private CertificateSheet? laid;

    /// <summary>The bands on which something lies above the sheet.</summary>
    private int[] written = [];

    /// <summary>Draws a page as a PNG of few colours, some 43 KB, in some milliseconds.</summary>
    public byte[] Png(Certificate certificate)
    {
        var sheet = Lay(certificate);
        laid = null;
        written = certificate.Rehearsal is null ? CertificateBands.Own : CertificateBands.All;
        using (var canvas = new SKCanvas(page))
            CertificateDrawing.DrawOwn(canvas, certificate);
        PngBand[] bands = [.. sheet.Bands];
        foreach (var band in written)
        {
            MapRows(band);
            bands[band] = PngBand.Of(rows.AsSpan(CertificateSheet.RowsOf(band)), Own);
        }
        laid = sheet;
        return PalettePng.File(Head, bands);
    }

    /// <inheritdoc/>
    public void Dispose() => page.Dispose();

    /// <summary>Makes the page that of the certificate's event, without anything of a family's own.</summary>
    private CertificateSheet Lay(Certificate certificate)
    {
        var key = CertificateSheet.KeyOf(certificate);
        if (sheets.Find(key) is not { } sheet)
        {
            using var canvas = new SKCanvas(page);
            CertificateDrawing.DrawShared(canvas, certificate);
            foreach (var band in CertificateBands.All)
                MapRows(band);
            sheet = new CertificateSheet([.. rows],
                [.. CertificateBands.All.Select(band => PngBand.Of(rows.AsSpan(CertificateSheet.RowsOf(band)), Shared))]);
            sheets.Add(key, sheet);
            laid = null; // this one's page too is laid from the sheet, so that all are the same
        }
        foreach (var band in laid == sheet ? written : CertificateBands.All)
            UnmapRows(sheet, band);
        return sheet;
    }

    private void MapRows(int band)
    {
        var pixels = page.GetPixelSpan();
        var stride = page.RowBytes;
        for (var y = CertificateBands.Top(band); y < CertificateBands.Ends[band]; y++)
            Palette.Map(pixels.Slice(y * stride, stride), rows.AsSpan(y * CertificateSheet.Stride + 1, CertificateSheet.Stride - 1));
    }

    private void UnmapRows(CertificateSheet sheet, int band)
    {
        var pixels = page.GetPixelSpan();
        var stride = page.RowBytes;
        for (var y = CertificateBands.Top(band); y < CertificateBands.Ends[band]; y++)
        {
            var row = sheet.Rows.AsSpan(y * CertificateSheet.Stride + 1, CertificateSheet.Stride - 1);
            Palette.Unmap(row, pixels.Slice(y * stride, stride));
        }
    }
}
