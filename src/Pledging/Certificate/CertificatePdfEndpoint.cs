using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The certificate of a receipt as an upright A4 page, to print: the picture's own drawing, with text that can be searched. Asked for by
/// few, so none is kept; it waits in the pictures' line.
/// </summary>
public sealed class CertificatePdfEndpoint(
    Receipts receipts, PublishedEvents events, CertificateWriter writer, InterfaceLanguages languages, CertificateCache pictures,
    DrawingQueue queue, TimeProvider time)
{
    /// <param name="child">As for the picture.</param>
    public async Task<IResult> DrawAsync(string receipt, int? child, HttpContext http)
    {
        var (headers, cancellationToken) = (http.Response.Headers, http.RequestAborted);
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex";
        if (await receipts.FindAsync(receipt, cancellationToken) is not { } signed
            || !CertificateWriter.MayWrite(signed, child)
            || (await events.FindAsync(signed.EventId, cancellationToken))?.Localized() is not { } of)
            return Results.NotFound();
        var certificate = writer.Write(signed, of, child);
        var properties = new PdfProperties($"{certificate.Title} · {of.Title}", languages.Current.Tag, time.GetUtcNow(), of.Organization);
        if (queue.Enqueue(("pdf", properties.Title, properties.Language, pictures.TagOf(certificate)), _ => Draw(certificate, properties))
            is not { } drawing)
        {
            headers.RetryAfter = Problem.Seconds(queue.Wait);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        return Results.File(await drawing.WaitAsync(cancellationToken), "application/pdf",
            string.Create(CultureInfo.InvariantCulture, $"{of.Code}-{signed.Receipt.Number}.pdf"));
    }

    private static byte[] Draw(Certificate certificate, PdfProperties properties)
    {
        using var file = new MemoryStream();
        PdfDocument.Write(file, properties, [CertificatePage.Of(certificate)]);
        return file.ToArray();
    }
}
