using System.Text.Json;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary><c>POST /api/events/{code}/pledges</c>: a phone signs.</summary>
internal static class SignEndpoint
{
    /// <summary>A request with four signatures of the largest kind the page sends fits well; a flood of larger ones does not.</summary>
    public const int MostBytes = 32 * 1024;

    public static async Task<IResult> SignAsync(string code, HttpRequest http, PublishedEvents events, PledgeIntake intake, CancellationToken cancellation)
    {
        if (await events.FindAsync(code, cancellation) is not { } e)
            return Problem.NoSuchEvent;
        if (!http.HasJsonContentType())
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);

        SignRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(http.Body, ApiJson.Wire.SignRequest, cancellation);
        }
        catch (JsonException)
        {
            return Problem.Unreadable;
        }
        if (request is null)
            return Problem.Unreadable;

        return await intake.SignAsync(e, request, SigningChannel.Phone, cancellation) switch
        {
            SignResult.Signed { Again: true } signed => Results.Json(SignAnswer.Of(signed.Receipt), ApiJson.Wire.SignAnswer),
            SignResult.Signed signed => Created(http, SignAnswer.Of(signed.Receipt)),
            SignResult.Invalid invalid => Problem.Invalid(invalid.Errors),
            SignResult.NotOpen { Status: SigningStatus.NotYet } => Problem.SigningNotYet(e.Local(e.StartsAt)),
            SignResult.NotOpen => Problem.SigningEnded,
            SignResult.KeyTaken => Problem.KeyTaken,
            _ => Problem.Unavailable,
        };
    }

    private static IResult Created(HttpRequest http, SignAnswer answer)
    {
        http.HttpContext.Response.Headers.Location = $"/r/{answer.Receipt}";
        return Results.Json(answer, ApiJson.Wire.SignAnswer, statusCode: StatusCodes.Status201Created);
    }
}
