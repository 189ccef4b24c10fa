using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// Somebody signs with help. A guardian who signs alone completes the family of the child that whoever helps has named, as by the slip of
/// that child: where the child is on the list of the class and has signed.
/// </summary>
/// <param name="intake">What every channel goes through.</param>
/// <param name="rosters">The pupils of the classes.</param>
/// <param name="metrics">Counts what is refused here.</param>
public sealed class AssistedIntake(PledgeIntake intake, RosterLookup rosters, IntakeMetrics metrics)
{
    /// <summary>Signs; a <see cref="SignRequest.Seat"/> is set where the guardian is joined to a child.</summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="request">As it was entered; anything in it may be missing or wrong.</param>
    /// <param name="withoutChild">A guardian's pledge stands by itself, whoever the child is.</param>
    /// <param name="voucher">Who helps.</param>
    /// <param name="audit">See <see cref="PledgeIntake.SignAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading of the store.</param>
    public async Task<SignResult> SignAsync(PublishedEvent e, SignRequest request, bool withoutChild, Voucher voucher, AuditEntry audit,
        CancellationToken cancellationToken)
    {
        var contentHash = ContentHash.Of(e.Id, request);
        if (withoutChild || await JoinAsync(e, request, cancellationToken) is not var (field, line))
            return await intake.SignAsync(e, request, SigningChannel.Assisted, voucher, cancellationToken, audit, contentHash);
        if (await intake.FindStoredAsync(e, request, contentHash, cancellationToken) is { } stored)
            return metrics.Count(stored);
        var validator = new SignRequestValidator(e, request, SigningChannel.Assisted, voucher);
        validator.Draft(contentHash); // whatever else is wrong is told as well
        return metrics.Count(new SignResult.Invalid(new Dictionary<string, List<string>>(validator.Errors) { [field] = [line] }));
    }

    /// <summary>The field and the line that tell what keeps a guardian who signs alone from its child; null where nothing does.</summary>
    /// <remarks>Where a class has no list, nothing ties the two together that lasts: there they sign together, or each alone.</remarks>
    private async Task<(string Field, string Line)?> JoinAsync(
        PublishedEvent e, SignRequest request, CancellationToken cancellationToken)
    {
        if (e.State == EventState.Rehearsal || request.Signers is not [{ } alone] || e.ClassOf(request.ClassId) is not { } group
            || !WireNames.TryRead<SignerRole>(alone.Role, out var role) || role != SignerRole.Guardian)
            return null;
        var wrong = SignerRules.ReadName(request.Child, out var name);
        var (hasList, entry) = await rosters.FindPupilAsync(e, group.Id, name, cancellationToken);
        if (!hasList)
            return null;
        if (wrong is not null)
            return ("child", wrong);
        if (entry is not { } pupil || !await rosters.HasSignedAsync(e.Id, pupil, cancellationToken))
            return ("child", "Error.Child.NotFound");
        request.Seat = pupil;
        return request.Consents?.Guardian != true && SignerRules.NeedsGuardian(e, SignerRole.Student, group.Id)
            ? ("consents.guardian", "Error.ConsentNeeded")
            : null;
    }
}
