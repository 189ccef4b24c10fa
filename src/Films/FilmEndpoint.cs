using Microsoft.Net.Http.Headers;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Films;

/// <summary>
/// <c>GET /display/{code}/film/{sceneId}</c>: the film of a scene, in ranges, so that a player can begin anywhere. Public
/// like the stage.
/// </summary>
public static class FilmEndpoint
{
    public static void MapFilms(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/display/{code}/film/{sceneId:int}", [HttpMethods.Get, HttpMethods.Head], SendAsync).AllowAnonymous();

    /// <summary>
    /// The address of a scene's film; another film has another, so that no player uses what it has cached of the one
    /// before.
    /// </summary>
    public static string? AddressOfFilm(this PublishedEvent e, PublishedScene scene) =>
        scene.Settings.Film is { Length: > 0 } film ? $"/display/{e.Code}/film/{scene.Id}?{Path.GetFileNameWithoutExtension(film)}" : null;

    private static async Task<IResult> SendAsync(string code, int sceneId, VisibleEvents events, FilmStore filmStore, HttpContext context)
    {
        var e = await events.FindAsync(code, context.RequestAborted);
        if (filmStore.Find(e?.Scenes.FirstOrDefault(scene => scene.Id == sceneId)?.Settings.Film) is not { } file)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        return Results.File(file.FullName, file.Extension == ".webm" ? "video/webm" : "video/mp4",
            lastModified: file.LastWriteTimeUtc, entityTag: new EntityTagHeaderValue($"\"{file.Name}\""), enableRangeProcessing: true);
    }
}
