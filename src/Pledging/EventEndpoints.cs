using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Pledging;

/// <summary>What anyone may read of an event. The API's description is taken from the types and comments below.</summary>
public static class EventEndpoints
{
    internal static void MapEvents(this IEndpointRouteBuilder events)
    {
        events.MapGet("", FactsAsync);
        events.MapGet("/tally", TallyAsync);
    }

    /// <summary>Read an event</summary>
    /// <remarks>
    /// What a phone needs before signing: the facts, the current text of each role with its version, the classes. The event and its
    /// classes are named in the language asked for by Accept-Language. Send the ETag back as If-None-Match to be told 304
    /// while nothing changed.
    /// </remarks>
    /// <response code="200">The event.</response>
    /// <response code="304">Nothing has changed since that ETag.</response>
    /// <response code="404">There is no such event (/problems/no-such-event).</response>
    public static async Task<Results<JsonOk<EventFacts>, NotModified, NoSuchEvent>> FactsAsync(
        string code, HttpContext http, VisibleEvents events, ClockCheck clock, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return new NoSuchEvent();
        var facts = EventFacts.Of(e, clock.Now, CultureInfo.CurrentUICulture);
        // Phones that wait for signing to open ask every three seconds; home signing ends by the clock, without a new revision.
        return IsKnown(http, $"\"{e.Revision}-{facts.State}-{CultureInfo.CurrentUICulture.Name}\"")
            ? new NotModified()
            : new JsonOk<EventFacts>(facts, ApiJson.Wire.EventFacts);
    }

    /// <summary>Read the count</summary>
    /// <remarks>
    /// A whole snapshot, whose version only grows. Classes are named in the language asked for by Accept-Language. Send the ETag
    /// back as If-None-Match to be told 304 while nothing changed.
    /// </remarks>
    /// <response code="200">The count now.</response>
    /// <response code="304">Nothing has changed since that ETag.</response>
    /// <response code="404">There is no such event (/problems/no-such-event).</response>
    public static async Task<Results<JsonOk<Tally>, NotModified, NoSuchEvent>> TallyAsync(
        string code, HttpContext http, VisibleEvents events, TallyBoard board, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } e)
            return new NoSuchEvent();
        var tally = board.Snapshot(e, CultureInfo.CurrentUICulture);
        return IsKnown(http, $"\"{e.Revision}-{tally.Version}-{CultureInfo.CurrentUICulture.Name}\"")
            ? new NotModified()
            : new JsonOk<Tally>(tally, ApiJson.Wire.Tally);
    }

    /// <summary>Names what is answered; true where the asker has it already.</summary>
    private static bool IsKnown(HttpContext http, string etag)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = etag;
        // The classes are named in the asker's language, by the choice kept in a cookie or the browser's wish.
        LanguageChoice.AddVary(http.Response);
        return http.Request.Headers.IfNoneMatch.Contains(etag);
    }
}
