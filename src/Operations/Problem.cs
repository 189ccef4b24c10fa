using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Operations;

/// <summary>
/// A refusal of the API, answered as RFC 9457 <c>application/problem+json</c> in the asker's language. The one place
/// that knows every kind: the name is the stable end of <c>type</c> (<c>/problems/{name}</c>) and the key of its words in
/// <see cref="OperationsText"/>.
/// </summary>
public sealed record Problem : IResult
{
    private Problem(string name, int status) => (Name, Status) = (name, status);

    public string Name { get; }
    public int Status { get; }

    /// <summary>What the words need to know, for example when signing opens.</summary>
    private object[] Facts { get; init; } = [];

    /// <summary>
    /// Field path, as in the request (<c>signers[0].name</c>), to lines in the client's language, read when the answer
    /// is written.
    /// </summary>
    private Func<IReadOnlyDictionary<string, string[]>>? Errors { get; init; }

    private TimeSpan? RetryAfter { get; init; }

    /// <summary>With which the same content would be taken.</summary>
    private Guid? NewKey { get; init; }

    /// <summary>400: the request cannot be read at all, such as broken JSON.</summary>
    public static Problem Unreadable { get; } = new("unreadable", StatusCodes.Status400BadRequest);

    /// <summary>400: readable, but some fields are wrong.</summary>
    public static Problem Invalid(Func<IReadOnlyDictionary<string, string[]>> errors) =>
        new("invalid", StatusCodes.Status400BadRequest) { Errors = errors };

    public static Problem NoSuchEvent { get; } = new("no-such-event", StatusCodes.Status404NotFound);

    /// <summary>404: no class link with that secret is open, or not for that event.</summary>
    public static Problem NoSuchClassLink { get; } = new("no-such-class-link", StatusCodes.Status404NotFound);

    /// <summary>404: no take-home slip of this event has the code.</summary>
    public static Problem NoSuchSlip { get; } = new("no-such-slip", StatusCodes.Status404NotFound);

    /// <summary>410: a family has signed with the slip already.</summary>
    public static Problem SlipUsed { get; } = new("slip-used", StatusCodes.Status410Gone);

    /// <summary>410: another slip was issued in its place, or the school has ended it.</summary>
    public static Problem SlipEnded { get; } = new("slip-ended", StatusCodes.Status410Gone);

    /// <summary>403: signing opens later; says when the event starts, in its own zone.</summary>
    public static Problem SigningNotYet(DateTimeOffset startsAt) =>
        new("signing-not-yet", StatusCodes.Status403Forbidden) { Facts = [startsAt] };

    public static Problem SigningEnded { get; } = new("signing-ended", StatusCodes.Status403Forbidden);

    /// <summary>409: the key was used with other content.</summary>
    public static Problem KeyTaken { get; } = new("key-taken", StatusCodes.Status409Conflict);

    /// <summary>409: the page was one of the rehearsal, which is over. Says a new key, with which it counts; none for an answer.</summary>
    public static Problem RehearsalPage(Guid? key) => new("rehearsal-page", StatusCodes.Status409Conflict) { NewKey = key };

    /// <summary>401: the route asks for a token, and none was sent.</summary>
    public static Problem TokenNeeded { get; } = new("token-needed", StatusCodes.Status401Unauthorized);

    /// <summary>401: there is none like it.</summary>
    public static Problem TokenUnknown { get; } = new("token-unknown", StatusCodes.Status401Unauthorized);

    /// <summary>401: says its last day.</summary>
    public static Problem TokenExpired(DateTimeOffset lastMoment) =>
        new("token-expired", StatusCodes.Status401Unauthorized) { Facts = [lastMoment] };

    public static Problem TokenRevoked { get; } = new("token-revoked", StatusCodes.Status401Unauthorized);

    /// <summary>401: the account that made it may no longer do so.</summary>
    public static Problem TokenMakerGone { get; } = new("token-maker-gone", StatusCodes.Status401Unauthorized);

    /// <summary>403: it was made for other things.</summary>
    public static Problem TokenScope { get; } = new("token-scope", StatusCodes.Status403Forbidden);

    public static Problem TooManyRequests(TimeSpan retryAfter) =>
        new("too-many-requests", StatusCodes.Status429TooManyRequests) { RetryAfter = retryAfter };

    /// <summary>503: perhaps not stored; sending the same key again is always safe.</summary>
    public static Problem Unavailable { get; } =
        new("unavailable", StatusCodes.Status503ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>What the framework itself refuses with a bare status.</summary>
    internal static Problem OfStatus(HttpContext context) => OfStatus(context, context.Response.StatusCode);

    internal static Problem OfStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => Unreadable,
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        // The body came more slowly than the server waits for: as on a bad line, where the same request may get through later.
        StatusCodes.Status408RequestTimeout or StatusCodes.Status503ServiceUnavailable => Unavailable,
        _ => new(NameOf(status), status),
    };

    private static string NameOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "sign-in-needed",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status415UnsupportedMediaType => "not-json",
        _ => "server-error",
    };

    /// <summary>Says how much the route takes, where the server knows it.</summary>
    private static Problem TooLarge(HttpContext context) => new("too-large", StatusCodes.Status413PayloadTooLarge)
    {
        Facts = [(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0) / 1024],
    };

    public Task ExecuteAsync(HttpContext context) => LanguageChoice.RunInRequestCultureAsync(context, WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        var localizer = context.RequestServices.GetRequiredService<IStringLocalizer<OperationsText>>();
        var problem = new ProblemDetails
        {
            Type = $"/problems/{Name}",
            Title = localizer[$"Problem.{Name}.Title"],
            Status = Status,
            Detail = localizer[$"Problem.{Name}.Detail", Facts],
        };
        if (Errors is not null)
            problem.Extensions["errors"] = Errors();
        if (NewKey is { } key)
            problem.Extensions["key"] = key;
        if (RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Seconds(wait);
        context.Response.Headers.CacheControl = "no-store";
        LanguageChoice.AddVary(context.Response);
        context.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", context.RequestAborted);
    }

    /// <summary>As Retry-After wants it: whole seconds, at least one.</summary>
    internal static string Seconds(TimeSpan wait) =>
        Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
