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

    /// <summary>Of what is made for each picture: 1 KB more than 6, the usual, in two thirds of its time.</summary>
    private static readonly ZLibCompressionOptions Own = new() { CompressionLevel = 4 };

    /// <summary>Of what is made once.</summary>
    private static readonly ZLibCompressionOptions Shared = new() { CompressionLevel = 9 };

    private readonly SKBitmap page = CertificateDrawing.NewPage();
    private readonly byte[] rows = new byte[CertificateSheet.Stride * CertificateDrawing.Height];

    /// <summary>What lies on the page; null after a drawing that failed.</summary>
    private CertificateSheet? laid;

    /// <summary>The bands on which something lies above the sheet.</summary>
    private readonly bool[] dirty = new bool[CertificateSheet.BandEnds.Length];

    /// <summary>Draws a page as a PNG of 16 colours, some 45 KB, in some milliseconds.</summary>
    public byte[] Png(Certificate certificate)
    {
        var sheet = Lay(certificate);
        laid = null;
        using (var canvas = new SKCanvas(page))
            CertificateDrawing.DrawOwn(canvas, certificate);
        MapRows();
        var bands = new PngBand[sheet.Bands.Length];
        for (var band = 0; band < bands.Length; band++)
        {
            var of = rows.AsSpan(CertificateSheet.RowsOf(band));
            dirty[band] = !of.SequenceEqual(sheet.Rows.AsSpan(CertificateSheet.RowsOf(band)));
            bands[band] = dirty[band] ? PngBand.Of(of, Own) : sheet.Bands[band];
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
            MapRows();
            sheet = new CertificateSheet([.. rows], [.. Enumerable.Range(0, dirty.Length)
                .Select(band => PngBand.Of(rows.AsSpan(CertificateSheet.RowsOf(band)), Shared))]);
            sheets.Add(key, sheet);
            laid = null; // this one's page too is laid from the sheet, so that all are the same
        }
        for (var band = 0; band < dirty.Length; band++)
            if (dirty[band] || laid != sheet)
                UnmapRows(sheet, band == 0 ? 0 : CertificateSheet.BandEnds[band - 1], CertificateSheet.BandEnds[band]);
        return sheet;
    }

    private void MapRows()
    {
        var pixels = page.GetPixelSpan();
        var stride = page.RowBytes;
        for (var y = 0; y < CertificateDrawing.Height; y++)
            Palette.Map(pixels.Slice(y * stride, stride), rows.AsSpan(y * CertificateSheet.Stride + 1, CertificateSheet.Stride - 1));
    }

    private void UnmapRows(CertificateSheet sheet, int from, int to)
    {
        var pixels = page.GetPixelSpan();
        var stride = page.RowBytes;
        for (var y = from; y < to; y++)
        {
            var row = sheet.Rows.AsSpan(y * CertificateSheet.Stride + 1, CertificateSheet.Stride - 1);
            Palette.Unmap(row, pixels.Slice(y * stride, stride));
        }
    }
}
