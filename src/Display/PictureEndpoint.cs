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
        string code, int id, VisibleEvents events, CampaignDbFactory dbFactory, HttpContext context)
    {
        if ((await events.FindAsync(code, context.RequestAborted))?.Pictures.FirstOrDefault(p => p.Id == id) is not { } picture)
            return Results.NotFound();
        await using var db = dbFactory.Open();
        var bytes = await db.Pictures.Where(p => p.Id == id).Select(p => p.Bytes).SingleOrDefaultAsync(context.RequestAborted);
        if (bytes is null)
            return Results.NotFound();
        // Asked for anew each time, answered 304: a picture that was taken away is shown no longer.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(bytes, picture.Kind == EventPictureKind.Logo ? "image/png" : "image/jpeg",
            entityTag: new EntityTagHeaderValue($"\"picture-{id}\""));
    }
}
