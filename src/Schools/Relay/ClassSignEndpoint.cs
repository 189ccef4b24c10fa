using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.ClassLinks;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Relay;

/// <summary>A pupil signs on the teacher's device; or the teacher notes why one does not.</summary>
public sealed class ClassSignEndpoint(
    ClassLinkAccess access, PledgeIntake intake, RosterLookup rosters, RosterAnswers answers, IStringLocalizer<IntakeText> localizer)
{
    /// <summary>As for a phone: four signatures of the largest kind fit.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Signs by the class link of a secret.</summary>
    internal async Task<IResult> SignAsync(string secret, string? code, ClassSignRequest request, CancellationToken cancellationToken)
    {
        if (await OpenAsync(secret, code, cancellationToken) is not var (link, e))
            return Problem.NoSuchClassLink;
        // The class is the link's, whatever is said; a device may still have the name of one that was merged into it.
        if (!IsOfLink(request.ClassId) || request.Signers?.Exists(s => !IsOfLink(s?.ClassId)) is true)
            return Problem.Invalid(() => new Dictionary<string, string[]> { ["classId"] = [localizer["Error.Class"]] });
        request.ClassId ??= link.ClassId;
        // On the device no consent is shown: that which counts is the school's, by whose words the link was made.
        request.ShownConsent = request.Consents is { Guardian: true } or { ShowMaskedName: true } || link.Vouched is not { } vouched
            ? new ShownConsent(e.Rules[0].Version, null)
            : vouched;
        var voucher = new Voucher(VoucherKind.ClassLink, link.Id, link.HoldsGuardianConsent);
        var contentHash = ContentHash.Of(e.Id, request);
        await rosters.UsePresentClassAsync(e, request, cancellationToken);
        return await intake.SignAsync(
            e, request, SigningChannel.Relay, voucher, cancellationToken, contentHash: contentHash) switch
        {
            SignResult.Signed { IsRepeat: true } again => TypedResults.Ok(SignAnswer.Of(again.Receipt)),
            SignResult.Signed signed => TypedResults.Created($"/r/{signed.Receipt.Address}", SignAnswer.Of(signed.Receipt)),
            SignResult.Invalid invalid => Problem.Invalid(() => invalid.InWords(localizer)),
            SignResult.NotOpen { Status: SigningStatus.NotYet } => Problem.SigningNotYet(e.Local(e.StartsAt)),
            SignResult.NotOpen => Problem.SigningEnded,
            SignResult.RehearsalPage page => Problem.RehearsalPage(page.Key),
            SignResult.KeyTaken => Problem.KeyTaken,
            _ => Problem.Unavailable,
        };

        bool IsOfLink(int? classId) => classId is null || classId == link.ClassId || e.ClassOf(classId)?.Id == link.ClassId;
    }

    /// <summary>Notes an answer by the class link of a secret.</summary>
    internal async Task<IResult> AnswerAsync(string secret, string? code, ClassAnswerRequest request, CancellationToken cancellationToken)
    {
        if (await OpenAsync(secret, code, cancellationToken) is not var (link, e))
            return Problem.NoSuchClassLink;
        var kind = default(RosterAnswerKind);
        if (request.Answer is not null && !WireNames.TryRead(request.Answer, out kind))
            return Problem.Unreadable;
        var isRehearsal = e.State == EventState.Rehearsal;
        if (request.Rehearsal && !isRehearsal)
            return Problem.RehearsalPage(key: null);
        if (isRehearsal)
            return TypedResults.NoContent(); // practice: on the day the pupil is asked
        return await answers.SetAsync(link.Id, e.Id, link.ClassId, request.Seat, request.Answer is null ? null : kind, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Unreadable;
    }

    private async Task<(ClassLink Link, PublishedEvent Event)?> OpenAsync(
        string secret, string? code, CancellationToken cancellationToken) =>
        await access.FindOpenAsync(secret, cancellationToken) is { } link
        && await access.EventOfAsync(link, code, cancellationToken) is { } e ? (link, e) : null;
}
