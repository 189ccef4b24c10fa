using System.Security.Claims;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Who works on the paper of a class: an account, or whoever holds the class's link.</summary>
/// <param name="Voucher">Vouches for the pledges that are transcribed.</param>
/// <param name="Audit">For the audit log.</param>
/// <param name="Link">The class link's number; null for an account.</param>
/// <param name="Vouched">
/// By which words the school vouches for the consent of guardians who have not signed; null where it does not.
/// </param>
public sealed record PaperActor(Voucher Voucher, AuditActor Audit, string? Link, ShownConsent? Vouched = null)
{
    /// <param name="user">The account.</param>
    /// <param name="holdsGuardianConsent">As the organizer says beside the button.</param>
    /// <param name="vouched">The words that stand there.</param>
    public static PaperActor Of(ClaimsPrincipal user, bool holdsGuardianConsent, ShownConsent? vouched = null) =>
        new(new Voucher(VoucherKind.Organizer, user.AccountId(), holdsGuardianConsent), user.Actor(), null, vouched);

    public static PaperActor Of(ClassLink link) => new(
        new Voucher(VoucherKind.ClassLink, link.Id, link.HoldsGuardianConsent), AuditActor.Program, $"{link.Id}", link.Vouched);

    /// <summary>Adds a line of the audit log, which is written with the next save.</summary>
    public void Note(CampaignDb db, AuditAction action, int eventId, int? classId, int count, AuditReason? reason = null)
    {
        var line = db.AuditEvent(action, eventId, Audit, reason, count);
        (line.ClassId, line.Detail) = (classId, Link);
    }
}
