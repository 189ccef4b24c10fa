using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Intake;

namespace SafetyCampaign.Schools.Relay;

/// <summary>The routes of a class's device. The API's description is taken from the types and comments below.</summary>
public static class ClassApi
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Sign on a class's device</summary>
    /// <remarks>
    /// By the secret of a class link, whose class is the signers'. The answer follows the commit to disk. Sending the same key with the
    /// same content again is always safe and answers 200 with the same receipt. A second request of the same pupil counts with the
    /// first. At most 32 KB. `event` is the event's code, needed where the link opens several.
    /// </remarks>
    /// <response code="201">The pledge is on disk.</response>
    /// <response code="200">The same key with the same content again: the same receipt.</response>
    /// <response code="400">
    /// The request cannot be read (/problems/unreadable), or fields are wrong (/problems/invalid, with errors).
    /// </response>
    /// <response code="403">Signing has not opened (/problems/signing-not-yet) or has ended (/problems/signing-ended).</response>
    /// <response code="404">No class link with that secret is open, or not for that event (/problems/no-such-class-link).</response>
    /// <response code="409">
    /// The key came before with other content (/problems/key-taken), or it was signed on a page of the rehearsal, as `rehearsal` says,
    /// and the rehearsal is over (/problems/rehearsal-page): without `rehearsal` the same content is taken.
    /// </response>
    /// <response code="413">Over 32 KB (/problems/too-large).</response>
    /// <response code="415">Not application/json (/problems/not-json).</response>
    /// <response code="429">
    /// Over the limit of this link or address; Retry-After says for how many seconds (/problems/too-many-requests).
    /// </response>
    /// <response code="503">Not confirmed; send the same key again after Retry-After seconds (/problems/unavailable).</response>
    [ProducesResponseType<SignAnswer>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<SignAnswer>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status413PayloadTooLarge, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status415UnsupportedMediaType, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, ProblemType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable, ProblemType)]
    public static Task<IResult> SignAsync(string secret, [FromQuery(Name = "event")] string? code, ClassSignRequest request,
        ClassSignEndpoint endpoint, CancellationToken cancellationToken) => endpoint.SignAsync(secret, code, request, cancellationToken);

    /// <summary>Notes that a pupil declines or is absent.</summary>
    public static Task<IResult> AnswerAsync(string secret, [FromQuery(Name = "event")] string? code, ClassAnswerRequest request,
        ClassSignEndpoint endpoint, CancellationToken cancellationToken) => endpoint.AnswerAsync(secret, code, request, cancellationToken);
}
