using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// A family signs with the slip that its child took home: the child is the one on the slip, whatever the request says of class and seat.
/// Where the child has signed at school, the guardian alone completes the family.
/// </summary>
/// <param name="slips">The slips.</param>
/// <param name="intake">What every channel goes through.</param>
/// <param name="metrics">Counts what is refused here.</param>
/// <param name="log">Told where a slip could not be marked as used.</param>
public sealed partial class SlipIntake(SlipRegistry slips, PledgeIntake intake, IntakeMetrics metrics, ILogger<SlipIntake> log)
{
    /// <summary>
    /// Signs by the code in <see cref="SignRequest.Slip"/>. Sending the same request again is answered with the same receipt.
    /// </summary>
    /// <remarks>
    /// Two phones that sign with one slip in the same moment are both taken: their pledges are of one entry of the list, so the child
    /// counts once, and no family loses what it has signed.
    /// </remarks>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="request">As it was sent; class and seat are the slip's from here on.</param>
    /// <param name="cancellationToken">Ends the reading of the store.</param>
    public async Task<SignResult> SignAsync(PublishedEvent e, SignRequest request, CancellationToken cancellationToken)
    {
        if (await slips.FindAsync(request.Slip, cancellationToken) is not { } slip || slip.EventId != e.Id)
            return metrics.Count(new SignResult.SlipRefused(SlipState.Unknown));
        // As it was sent: a pupil who is moved before the phone sends again is told by the slip, and the request is the same one.
        var contentHash = ContentHash.Of(e.Id, request);
        (request.ClassId, request.Seat, request.SeatNumber) = (slip.ClassId, slip.Entry, slip.Seat);
        foreach (var signer in request.Signers ?? [])
            signer?.ClassId = null;
        if (slip.State != SlipState.Open)
            return metrics.Count(await intake.FindStoredAsync(e, request, contentHash, cancellationToken)
                ?? new SignResult.SlipRefused(slip.State));
        if (await WrongAsync(e, request, slip, cancellationToken) is { } wrong)
            return metrics.Count(wrong);
        var result = await intake.SignAsync(
            e, request, SigningChannel.Slip, new Voucher(VoucherKind.Slip, slip.Id), cancellationToken, contentHash: contentHash);
        if (result is SignResult.Signed { IsPractice: false })
            await UseAsync(slip);
        return result;
    }

    private async Task<SignResult.Invalid?> WrongAsync(
        PublishedEvent e, SignRequest request, FoundSlip slip, CancellationToken cancellationToken)
    {
        var children = request.Signers?.Count(signer => IsOf(signer, SignerRole.Student)) ?? 0;
        if (children > 1 || request.Signers?.TrueForAll(s => IsOf(s, SignerRole.Student) || IsOf(s, SignerRole.Guardian)) is false)
            return Invalid("signers", "Error.Slip.OneChild");
        if (children > 0 || request.Signers is null or [])
            return null;
        if (!await slips.HasChildSignedAsync(slip, cancellationToken))
            return Invalid("signers", "Error.Slip.ChildFirst");
        return request.Consents?.Guardian != true && SignerRules.NeedsGuardian(e, SignerRole.Student, slip.ClassId)
            ? Invalid("consents.guardian", "Error.ConsentNeeded")
            : null;
    }

    private static bool IsOf(SignerRequest? signer, SignerRole role) =>
        WireNames.TryRead<SignerRole>(signer?.Role, out var own) && own == role;

    private static SignResult.Invalid Invalid(string path, string line) => new(new Dictionary<string, List<string>> { [path] = [line] });

    /// <summary>
    /// What was signed is signed: where the mark cannot be set, the slip stays open, and the child counts once all the same.
    /// </summary>
    private async Task UseAsync(FoundSlip slip)
    {
        try
        {
            await slips.UseAsync(slip.Id);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            LogNotMarked(slip.Id, failure.Message);
        }
    }

    [LoggerMessage(1501, LogLevel.Warning, "Slip {SlipId} was signed with and could not be marked as used ({Reason}); it stays open")]
    private partial void LogNotMarked(int slipId, string reason);
}
