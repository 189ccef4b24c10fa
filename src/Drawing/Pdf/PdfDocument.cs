using SkiaSharp;

namespace SafetyCampaign.Drawing.Pdf;

/// <summary>
/// A PDF/A-2b whose text can be searched and copied: pages in points on Skia's canvas, fonts embedded with the glyphs that are used.
/// A short document is written at one go with <see cref="Write"/>. A long one says first which texts it will draw
/// (<see cref="FontSubsets.Add"/>), and then draws page by page; a page that is ended is written and takes no more memory.
/// </summary>
public sealed class PdfDocument : IDisposable
{
    private readonly Stream output;
    private readonly PdfProperties properties;
    private readonly FontSubsets fonts;
    private readonly SKDocument document;

    /// <param name="output">Empty, to be sought and read: the language is added behind what Skia writes.</param>
    /// <param name="properties">What a reader is told about it.</param>
    /// <param name="fonts">Made; the caller's to dispose, after the document.</param>
    public PdfDocument(Stream output, PdfProperties properties, FontSubsets fonts)
    {
        (this.output, this.properties, this.fonts) = (output, properties, fonts);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = properties.Title,
            Author = properties.Author,
            Creator = "SafetyCampaign",
            Producer = "Skia/PDF",
            Creation = properties.CreatedAt.UtcDateTime,
            Modified = properties.CreatedAt.UtcDateTime,
            RasterDpi = 300,
            EncodingQuality = 85,
            PdfA = true,
        };
        document = SKDocument.CreatePdf(output, metadata);
    }

    /// <summary>The pages begun.</summary>
    public int Pages { get; private set; }

    /// <summary>Writes a document of which all pages are known: each is drawn once to see its glyphs, and once for good.</summary>
    /// <param name="output">Empty, to be sought and read.</param>
    /// <param name="properties">What a reader is told about it.</param>
    /// <param name="pages">In their order.</param>
    /// <param name="drawn">Told before the first page and after each: how many of how many.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    public static void Write(Stream output, PdfProperties properties, IReadOnlyList<PdfPage> pages, Action<int, int>? drawn = null,
        CancellationToken cancellationToken = default)
    {
        drawn?.Invoke(0, pages.Count);
        using var fonts = new FontSubsets();
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Collect(fonts, page);
        }
        fonts.Make();
        using var document = new PdfDocument(output, properties, fonts);
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            document.Draw(page);
            drawn?.Invoke(document.Pages, pages.Count);
        }
        document.Close();
    }

    /// <summary>Notes the glyphs of a page without drawing it.</summary>
    public static void Collect(FontSubsets fonts, PdfPage page)
    {
        using var canvas = new SKNoDrawCanvas((int)page.Width, (int)page.Height);
        fonts.DrawOn(canvas);
        page.Draw(canvas);
    }

    /// <summary>The next page; it is ended by <see cref="EndPage"/>.</summary>
    public SKCanvas BeginPage(float width, float height)
    {
        Pages++;
        var canvas = document.BeginPage(width, height);
        fonts.DrawOn(canvas);
        return canvas;
    }

    /// <summary>Writes the page.</summary>
    public void EndPage() => document.EndPage();

    /// <summary>Draws and writes a page.</summary>
    public void Draw(PdfPage page)
    {
        page.Draw(BeginPage(page.Width, page.Height));
        EndPage();
    }

    /// <summary>Writes what stands behind the pages: fonts, metadata, directory.</summary>
    public void Close()
    {
        document.Close();
        PdfCatalog.AddLanguage(output, properties.Language);
    }

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();
}
