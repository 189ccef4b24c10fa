using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The certificate of a receipt as an upright A4 page, to print: the picture's own drawing, with text that can be searched. Asked for by
/// few, so one is drawn at a time and none is kept.
/// </summary>
public sealed class CertificatePdfEndpoint(
    Receipts receipts, PublishedEvents events, CertificateWriter writer, InterfaceLanguages languages, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim drawing = new(1);

    /// <param name="child">As for the picture.</param>
    public async Task<IResult> DrawAsync(string receipt, int? child, HttpContext http)
    {
        var (headers, cancellationToken) = (http.Response.Headers, http.RequestAborted);
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex";
        if (await receipts.FindAsync(receipt, cancellationToken) is not { } signed
            || signed.InvalidatedAt is not null || signed.Signers.Any(s => s.Name is null) // withdrawn or erased
            || child < 1 || child > CertificateWriter.ChildrenOf(signed)
            || (await events.FindAsync(signed.EventId, cancellationToken))?.Localized() is not { } of)
            return Results.NotFound();
        var certificate = writer.Write(signed, of, child);
        var file = new MemoryStream();
        await drawing.WaitAsync(cancellationToken);
        try
        {
            PdfDocument.Write(file, new PdfProperties($"{certificate.Title} · {of.Title}", languages.Current.Tag, time.GetUtcNow(),
                of.Organization), [CertificatePage.Of(certificate)]);
        }
        finally
        {
            drawing.Release();
        }
        return Results.File(file.ToArray(), "application/pdf",
            string.Create(CultureInfo.InvariantCulture, $"{of.Code}-{signed.Receipt.Number}.pdf"));
    }

    public void Dispose() => drawing.Dispose();
}
