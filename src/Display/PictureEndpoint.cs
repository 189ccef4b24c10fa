using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary><c>GET /e/{code}/pictures/{id}</c>: a picture of an event, as public as the event.</summary>
public static class PictureEndpoint
{
    public static void MapPictures(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/e/{code}/pictures/{id:int}", [HttpMethods.Get, HttpMethods.Head], SendAsync).AllowAnonymous();

    private static async Task<IResult> SendAsync(
        string code, int id, VisibleEvents events, StoreGate gate, HttpContext context)
    {
        if ((await events.FindAsync(code, context.RequestAborted))?.Pictures.FirstOrDefault(p => p.Id == id) is not { } picture)
            return Results.NotFound();
        // Asked for anew each time, answered 304: a picture that was taken away is shown no longer. Its bytes never change.
        var tag = new EntityTagHeaderValue($"\"picture-{id}\"");
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.GetTypedHeaders().ETag = tag;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }
        var bytes = await gate.ReadAsync((db, cancelled) => db.Pictures.AsNoTracking().Where(p => p.Id == id).Select(p => p.Bytes)
            .SingleOrDefaultAsync(cancelled), context.RequestAborted);
        if (bytes is null)
            return Results.NotFound();
        return Results.Bytes(bytes, picture.Kind == EventPictureKind.Logo ? "image/png" : "image/jpeg",
            entityTag: tag);
    }
}
