using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Drawing;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>The QR code of an event's phone page, for posters, chats and documents.</summary>
public static class QrEndpoints
{
    public static void MapQrCodes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/e/{code}/qr.svg", Draw("image/svg+xml", qr => Encoding.UTF8.GetBytes(qr.Svg()))).AllowAnonymous();
        routes.MapGet("/e/{code}/qr.png", Draw("image/png", qr => qr.Png())).AllowAnonymous();
    }

    private delegate Task<IResult> QrHandler(string code, int? c, VisibleEvents events, PublicAddress address, HttpContext context);

    private static QrHandler Draw(string contentType, Func<QrDrawing, byte[]> draw) => async (code, c, events, address, context) =>
    {
        if (await events.FindAsync(code, context.RequestAborted) is not { } published || (c is not null && published.ClassOf(c) is null))
            return Results.NotFound();

        var content = address.PhonePageInQr(published.Code, c);
        // Kept, but asked for anew each time: after the machine changes networks, an old code holds an address that no longer exists.
        context.Response.Headers.CacheControl = "public, no-cache";
        var tag =
            new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}\"");
        return Results.Bytes(draw(new QrDrawing(content)), contentType, entityTag: tag);
    };
}
