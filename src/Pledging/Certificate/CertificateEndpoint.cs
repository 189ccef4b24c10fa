using System.Globalization;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>The certificate of a receipt as an image, under its secret address.</summary>
public sealed class CertificateEndpoint(Receipts receipts, PublishedEvents events, CertificateWriter writer, DrawingGate gate)
{
    public async Task<IResult> DrawAsync(string receipt, HttpContext http)
    {
        var (response, cancellationToken) = (http.Response, http.RequestAborted);
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Robots-Tag"] = "noindex";
        if (await receipts.FindAsync(receipt, cancellationToken) is not { } signed
            || signed.InvalidatedAt is not null || signed.Signers.Any(s => s.Name is null) // withdrawn or erased
            || await events.FindAsync(signed.EventId, cancellationToken) is not { } of)
            return Results.NotFound();
        var certificate = writer.Write(signed, of);
        var picture = (signed.Receipt.Sequence, signed.CorrectedAt, CultureInfo.CurrentUICulture.Name);
        if (await gate.DrawOnceAsync(picture, () => CertificateDrawing.Png(certificate), cancellationToken) is { } png)
            return Results.Bytes(png, "image/png");
        response.Headers.RetryAfter = "5";
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
