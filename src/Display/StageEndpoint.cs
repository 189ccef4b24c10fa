using Microsoft.AspNetCore.Http.HttpResults;
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
        routes.MapGet("/api/events/{code}/stage", AnswerAsync).AllowAnonymous().WithTags("Events");

    /// <summary>The counts and the scene as every screen shows them</summary>
    /// <remarks>
    /// For screens whose network lets no WebSocket through. With `screen` (a UUID of its own) and `shows` (the scene's version)
    /// the host learns how it stands.
    /// </remarks>
    public static async Task<Results<JsonOk<StageNow>, NoSuchEvent>> AnswerAsync(
        string code, [AsParameters] ScreenReportQuery said, HttpContext http, PublishedEvents events, StageReader stages,
        ScreenRegistry screens, DeviceCookie cookie,
        IOptions<JsonHubProtocolOptions> hub, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return new NoSuchEvent();
        if (said is { Screen: { } screen, Shows: { } version })
            screens.Shows(e.Id, screen, version, said.SoundBlocked ?? false, cookie.Read(http), said.MaySleep ?? false);
        http.Response.Headers.CacheControl = "no-store";
        return new JsonOk<StageNow>(await stages.NowAsync(e, cancellationToken), hub.Value.PayloadSerializerOptions);
    }

    /// <summary>What the screen that asks says of itself.</summary>
    public sealed record ScreenReportQuery(
        [FromQuery(Name = "screen")] Guid? Screen, [FromQuery(Name = "shows")] long? Shows,
        [FromQuery(Name = "soundBlocked")] bool? SoundBlocked, [FromQuery(Name = "maySleep")] bool? MaySleep);
}
