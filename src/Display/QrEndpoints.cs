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
        routes.MapGet("/e/{code}/qr.svg", SvgAsync).AllowAnonymous();
        routes.MapGet("/e/{code}/qr.png", PngAsync).AllowAnonymous();
    }

    private static Task<IResult> SvgAsync(string code, int? c, VisibleEvents events, PublicAddress address, HttpContext context) =>
        DrawAsync(code, c, events, address, context, "image/svg+xml", qr => Encoding.UTF8.GetBytes(qr.Svg()));

    private static Task<IResult> PngAsync(string code, int? c, VisibleEvents events, PublicAddress address, HttpContext context) =>
        DrawAsync(code, c, events, address, context, "image/png", qr => qr.Png());

    private static async Task<IResult> DrawAsync(
        string code, int? classId, VisibleEvents events, PublicAddress address, HttpContext context, string contentType,
        Func<QrDrawing, byte[]> draw)
    {
        if (await events.FindAsync(code, context.RequestAborted) is not { } published
            || (classId is not null && published.ClassOf(classId) is null))
            return Results.NotFound();

        var content = address.PhonePageInQr(published.Code, classId);
        // Kept, but asked for anew each time: after the machine changes networks, an old code holds an address that no longer exists.
        context.Response.Headers.CacheControl = "public, no-cache";
        var tag =
            new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}\"");
        return Results.Bytes(draw(new QrDrawing(content)), contentType, entityTag: tag);
    }
}
