using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.RollUp;
using SafetyCampaign.Records.Tokens;

namespace SafetyCampaign.Records.Api;

/// <summary>What another program reads by a token. The API's description is taken from the types and comments below.</summary>
public static class TokenEndpoints
{
    /// <summary>Signers on a page where nothing else is asked for, and at most.</summary>
    private const int UsualRows = 200;
    private const int MaxRows = 500;

    internal static void MapReadingByToken(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rollup", RollUpAsync).RequireAuthorization(Policies.ReadCountsByToken).Limited();
        app.MapGet("/api/events/{code}/signers", SignersAsync).RequireAuthorization(Policies.ReadListsByToken).Limited();
    }

    /// <summary>Read the roll-up</summary>
    /// <remarks>
    /// The numbers of the token's organization and of all below it, as the desk shows them: an organization counts its own events whole,
    /// and its classes in the events of others. Needs a token that may read counts.
    /// </remarks>
    /// <param name="period">year (this one, where nothing is said), summer, or days with from and to.</param>
    /// <param name="from">The first day, such as 2026-06-01; with period=days.</param>
    /// <param name="to">The last day.</param>
    /// <response code="200">The numbers.</response>
    /// <response code="400">The days cannot be read, or the last is before the first (/problems/invalid).</response>
    /// <response code="401">There is no token, or it is unknown, expired or revoked (/problems/token-…).</response>
    /// <response code="403">The token may not read counts (/problems/token-scope).</response>
    /// <response code="429">The token has asked too often (/problems/too-many-requests).</response>
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    public static async Task<Results<Ok<RollUpAnswer>, Refused>> RollUpAsync(
        string? period, string? from, string? to, HttpContext http, RollUpReader reader, ChannelCounts channels,
        IStringLocalizer<TokensText> words, TimeProvider time, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var now = time.GetUtcNow();
        var asked = RollUpPeriod.Read(period, from, to, now.DayIn(CampaignEvent.DefaultZone), out var isRead);
        if (!isRead)
            return new Refused(Problem.Invalid(() => new Dictionary<string, string[]> { ["from"] = [words["Query.Days"]] }));
        return TypedResults.Ok(RollUpAnswer.Of(asked, await reader.ReadAsync(asked, cancellationToken), now, channels.At));
    }

    /// <summary>Read who signed at an event</summary>
    /// <remarks>
    /// In the order of signing, a page at a time; practice is left out. Names that were withdrawn or erased are null. Each page with
    /// names is entered in the audit log of the event's organization. Needs a token that may read lists; events outside its organization
    /// are not there.
    /// </remarks>
    /// <param name="code">The event's public code.</param>
    /// <param name="after">What next said on the page before; nothing for the first page.</param>
    /// <param name="limit">Signers on the page, 1 to 500; 200 where nothing is said.</param>
    /// <param name="class">Only signers of that class of the event, by its id; none for those who belong to no class.</param>
    /// <param name="role">Only student, guardian, teacher or volunteer.</param>
    /// <param name="channel">Only phone, relay, slip, paper or assisted.</param>
    /// <param name="state">Only valid (also one that counts with another), withdrawn, invalid, flagged, late or erased.</param>
    /// <response code="200">The signers.</response>
    /// <response code="400">A number or a word cannot be read (/problems/invalid).</response>
    /// <response code="401">There is no token, or it is unknown, expired or revoked (/problems/token-…).</response>
    /// <response code="403">The token may not read lists (/problems/token-scope).</response>
    /// <response code="404">There is no such event within the token's access scope (/problems/no-such-event).</response>
    /// <response code="429">The token has asked too often (/problems/too-many-requests).</response>
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    public static async Task<Results<Ok<SignersAnswer>, Refused, NoSuchEvent>> SignersAsync(
        string code, string? after, string? limit, string? @class, string? role, string? channel, string? state, HttpContext http,
        SignersReader reader, IStringLocalizer<TokensText> words, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var wrong = new Dictionary<string, string[]>();
        var last = Number("after", after, 0, long.MaxValue, 0);
        var rows = (int)Number("limit", limit, 1, MaxRows, UsualRows);
        var filter = new SignerFilter { Class = @class, Role = role, Channel = channel, State = state };
        if (!string.IsNullOrEmpty(@class) && @class != SignerFilter.NoClass && filter.ClassId is null)
            wrong["class"] = [words["Query.Class", SignerFilter.NoClass]];
        Word("role", role, filter.InRole);
        Word("channel", channel, filter.ByChannel);
        Word("state", state, filter.InState);
        if (wrong.Count > 0)
            return new Refused(Problem.Invalid(() => wrong));
        return await reader.ReadAsync(code, filter, last, rows, http.Features.Get<TokenInUse>()!, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : new NoSuchEvent();

        void Word<T>(string name, string? typed, T? read) where T : struct, Enum
        {
            if (!string.IsNullOrEmpty(typed) && read is null)
                wrong[name] = [words["Query.Word", string.Join(", ", Enum.GetValues<T>().Select(value => value.WireName()))]];
        }

        long Number(string name, string? typed, long min, long max, long usual)
        {
            if (string.IsNullOrEmpty(typed))
                return usual;
            if (long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                return number;
            wrong[name] = [words["Query.Number", min, max]];
            return usual;
        }
    }

    private static void Limited(this RouteHandlerBuilder route) =>
        route.WithTags("Reading by token").WithMetadata(new RateLimitAttribute(RateLimitPurpose.ReadingByToken));
}
