using Microsoft.Net.Http.Headers;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The certificate of a receipt as an image, under its secret address. A phone shows it at the end of signing and again on the receipt, so
/// its browser may keep it, and asks each time whether it still holds; withdrawn, erased or corrected, it does not.
/// </summary>
public sealed class CertificateEndpoint(
    Receipts receipts, PublishedEvents events, CertificateWriter writer, CertificateCache pictures, DrawingQueue queue)
{
    /// <param name="child">Whose certificate, counted from 1, where several children signed; null for the one of them all.</param>
    public async Task<IResult> DrawAsync(string receipt, int? child, HttpContext http)
    {
        var (headers, cancellationToken) = (http.Response.Headers, http.RequestAborted);
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex";
        var readAt = pictures.Version;
        if (await receipts.FindAsync(receipt, cancellationToken) is not { } signed
            || !CertificateWriter.MayWrite(signed, child)
            || await events.FindAsync(signed.EventId, cancellationToken) is not { } of)
            return Results.NotFound();
        var certificate = writer.Write(signed, of.Localized(), child);
        var tag = pictures.TagOf(certificate);
        if (Holds(http.Request, tag))
            return Kept(http, tag, Results.StatusCode(StatusCodes.Status304NotModified));
        if (pictures.Find(tag) is { } kept)
            return Kept(http, tag, Results.Bytes(kept, "image/png"));
        if (queue.Enqueue(tag, painter => painter.Png(certificate)) is not { } drawing)
        {
            headers.RetryAfter = Problem.Seconds(queue.Wait);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        var png = await drawing.WaitAsync(cancellationToken);
        pictures.Add(tag, signed.EventId, png, readAt);
        return Kept(http, tag, Results.Bytes(png, "image/png"));
    }

    private static bool Holds(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));

    private static IResult Kept(HttpContext http, string tag, IResult answer)
    {
        (http.Response.Headers.CacheControl, http.Response.Headers.ETag) = ("private, no-cache", tag);
        return answer;
    }
}
