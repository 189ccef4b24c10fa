using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// <c>POST /api/events/{code}/pledges</c>: a phone signs. Up to 2,000 people sign within 3 minutes (docs/domain.md 8), so
/// it is answered before the middleware that serves the pages (<see cref="PledgingSetup"/>) and does for itself
/// what it needs of it.
/// </summary>
internal sealed partial class SignEndpoint(
    PublishedEvents events, PledgeIntake intake, SlipIntake slips, EventCodeLimit codes, ConsentWording consent, StoreOutage outage,
    IStringLocalizer<IntakeText> localizer,
    ILogger<SignEndpoint> log)
{
    /// <summary>A request with four signatures of the largest kind the page sends fits well; a flood of larger ones does not.</summary>
    public const int MaxBytes = 32 * 1024;

    public async Task SignAsync(HttpContext http)
    {
        try
        {
            if (await RefusalAsync(http) is { } refusal)
                await refusal.ExecuteAsync(http);
        }
        catch (BadHttpRequestException cutShort) // too long, or the connection broke: not an error of the program, so not logged
        {
            await Problem.OfStatus(http, cutShort.StatusCode).ExecuteAsync(http);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            outage.NoteFailure(failure);
            await Problem.Unavailable.ExecuteAsync(http);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            LogSignRequestFailed(failure);
            await Problem.OfStatus(http, StatusCodes.Status500InternalServerError).ExecuteAsync(http);
        }
        catch (Exception gone) when (gone is OperationCanceledException || http.RequestAborted.IsCancellationRequested)
        {
            // The connection has ended, by the client or because the program stops: there is nobody to answer.
        }
    }

    /// <summary>Signs and answers; or says why not, with nothing answered yet.</summary>
    private async ValueTask<Problem?> RefusalAsync(HttpContext http)
    {
        if (await events.FindAsync((string?)http.Request.RouteValues["code"], http.RequestAborted)
            is not { IsPublic: true } e)
            return Problem.NoSuchEvent;
        if (!http.Request.HasJsonContentType())
            return Problem.OfStatus(http, StatusCodes.Status415UnsupportedMediaType);
        if (await ReadAsync(http.Request.BodyReader, http.RequestAborted) is not { } request)
            return Problem.Unreadable;
        if (!IsOfKey(request, http.Request.Headers[RateLimitingMiddleware.KeyHeader]))
            return Problem.Invalid(() => new Dictionary<string, string[]> { ["key"] = [localizer["Error.Key"]] });

        request.Flags = SigningFlagsFeature.Of(http);
        request.ShownConsent = consent.Of(e, request.Consents?.Wording);
        var result = request.Slip is null
            ? await intake.SignAsync(e, request, SigningChannel.Phone, voucher: null, http.RequestAborted)
            : await slips.SignAsync(e, request, http.RequestAborted);
        if (result is SignResult.Signed signed)
        {
            await AnswerAsync(http.Response, signed);
            return null;
        }
        return result switch
        {
            SignResult.Invalid invalid => Problem.Invalid(() => invalid.InWords(localizer)),
            SignResult.NotOpen { Status: SigningStatus.NotYet } => Problem.SigningNotYet(e.Local(e.StartsAt)),
            SignResult.NotOpen => Problem.SigningEnded,
            SignResult.SlipRefused { State: SlipState.Unknown } => codes.WaitForSlip(http, request.Slip!, exists: false) is { } wait
                ? Problem.TooManyRequests(wait)
                : Problem.NoSuchSlip,
            SignResult.SlipRefused refused => refused.State == SlipState.Used ? Problem.SlipUsed : Problem.SlipEnded,
            SignResult.RehearsalPage page => Problem.RehearsalPage(page.Key),
            SignResult.KeyTaken => Problem.KeyTaken,
            _ => Problem.Unavailable,
        };
    }

    /// <summary>The limits have believed the header, where there is one.</summary>
    private static bool IsOfKey(SignRequest request, StringValues named) =>
        named.Count == 0 || Guid.TryParse((string?)named, out var key) && key == request.Key;

    /// <summary>Waits for the whole body, then reads it in one go. Null for what is not one JSON object of this shape.</summary>
    private static async ValueTask<SignRequest?> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        ReadResult read;
        try
        {
            while (!(read = await body.ReadAsync(cancellationToken)).IsCompleted)
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
        // The length of a chunk over 31 bits; a trailer that is no text.
        catch (Exception malformed) when (malformed is InvalidOperationException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body cannot be read.", malformed);
        }
        try
        {
            return Parse(new Utf8JsonReader(read.Buffer));
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            body.AdvanceTo(read.Buffer.End);
        }
    }

    private static SignRequest? Parse(Utf8JsonReader json)
    {
        var request = JsonSerializer.Deserialize(ref json, ApiJson.Wire.SignRequest);
        return json.Read() ? null : request; // throws where anything follows the object
    }

    private static async ValueTask AnswerAsync(HttpResponse response, SignResult.Signed signed)
    {
        var answer = SignAnswer.Of(signed.Receipt);
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Wire.SignAnswer);
        if (!signed.IsRepeat)
        {
            response.StatusCode = StatusCodes.Status201Created;
            response.Headers.Location = $"/r/{answer.Receipt}";
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    [LoggerMessage(1601, LogLevel.Error, "A sign request failed")]
    private partial void LogSignRequestFailed(Exception exception);
}
