using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>
/// <c>GET /api/events/{code}/stage</c>: what the hub's Watch answers, for a screen without a socket now, or in a network that allows
/// none. The request also reports what the screen shows.
/// </summary>
public static class StageEndpoint
{
    public static void MapStageNow(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/events/{code}/stage", AnswerAsync).AllowAnonymous().WithTags("Events")
            .WithSummary("The counts and the scene as every screen shows them")
            .WithDescription("For screens whose network lets no WebSocket through. With `screen` (a UUID of its own) and `shows` (the scene's version) the host learns how it stands.")
            .Produces<StageNow>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(string code, [AsParameters] ScreenReportQuery said, HttpResponse response,
        PublishedEvents events, StageReader stages, ScreenRegistry screens, IOptions<JsonHubProtocolOptions> hub, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return Problem.NoSuchEvent;
        if (said is { Screen: { } screen, Shows: { } version })
            screens.Shows(e.Id, screen, version, said.SoundBlocked ?? false);
        response.Headers.CacheControl = "no-store";
        return Results.Json(await stages.NowAsync(e, cancellationToken), hub.Value.PayloadSerializerOptions);
    }

    internal sealed record ScreenReportQuery(
        [FromQuery(Name = "screen")] Guid? Screen, [FromQuery(Name = "shows")] long? Shows, [FromQuery(Name = "soundBlocked")] bool? SoundBlocked);
}
