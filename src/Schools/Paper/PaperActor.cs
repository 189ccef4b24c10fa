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

    /// <summary>
    /// Adds a line for the names of the page that is decided, and one for whole photos, whose names nobody has counted. Saved before the
    /// page is sent: no names without a line.
    /// </summary>
    /// <returns>Whether anything is shown.</returns>
    public bool NoteViews(CampaignDb db, int eventId, int classId, ClassPaper paper)
    {
        if (paper.Current is { } current)
            Note(db, AuditAction.NamesViewed, eventId, classId, current.Rows.Count(row => row.Name.Length > 0), AuditReason.PaperSheet);
        if (paper.Unplaced.Count > 0)
            Note(db, AuditAction.NamesViewed, eventId, classId, paper.Unplaced.Count, AuditReason.PaperPhotos);
        return paper is { Current: not null } or { Unplaced.Count: > 0 };
    }

    /// <summary>A line of the audit log for a pledge, which the ledger writes with it, in one transaction.</summary>
    public async Task<AuditEntry> LineAsync(
        CampaignDb db, AuditAction action, int eventId, int? classId, CancellationToken cancellationToken)
    {
        var line = await db.AuditLineAsync(action, eventId, Audit, count: 1, cancellationToken);
        (line.ClassId, line.Detail) = (classId, Link);
        return line;
    }

    /// <summary>Adds a line of the audit log, which is written with the next save.</summary>
    public void Note(CampaignDb db, AuditAction action, int eventId, int? classId, int count, AuditReason? reason = null)
    {
        var line = db.AuditEvent(action, eventId, Audit, reason, count);
        (line.ClassId, line.Detail) = (classId, Link);
    }
}
