using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Tokens;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Api;

/// <summary>A page of an event's signers.</summary>
/// <param name="Code">The event.</param>
/// <param name="Signers">In the order of signing.</param>
/// <param name="Next">What <c>after</c> is on the next page; null on the last.</param>
public sealed record SignersAnswer(string Code, IReadOnlyList<SignerEntry> Signers, long? Next);

/// <summary>One person's pledge.</summary>
/// <param name="Id">Its number in the ledger, which stays.</param>
/// <param name="Number">The signer's number at the event.</param>
/// <param name="Role">student, guardian, teacher or volunteer.</param>
/// <param name="Name">Null where it was withdrawn or erased.</param>
/// <param name="Relation">Of a guardian to the child; null where it was not said or was erased.</param>
/// <param name="ClassId">Of the event's classes; null where the signer belongs to none.</param>
/// <param name="School">Of the class.</param>
/// <param name="Class">Its name, in the language asked for by Accept-Language.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Channel">phone, relay, slip, paper or assisted.</param>
/// <param name="Signature">
/// handwritten, typed, onpaper, mark, or handwrittenname: handwriting that alone holds the name of a guardian, who is called after the
/// child.
/// </param>
/// <param name="State">valid, withdrawn, invalid, duplicate (counted with another pledge of the same person) or erased.</param>
public sealed record SignerEntry(
    long Id, int Number, string Role, string? Name, string? Relation, int? ClassId, string? School, string? Class, DateTimeOffset SignedAt,
    string Channel, string Signature, string State);

/// <summary>Reads the signers of an event within a token's access scope, as pages of the ledger's own key.</summary>
public sealed class SignersReader(CampaignDb db, EventSequences sequences, PublishedEvents published)
{
    /// <summary>
    /// The page after a pledge; null where no such event lies within the token's access scope. The audit log's line is on disk before the
    /// answer.
    /// </summary>
    /// <param name="typedCode">The event's code.</param>
    /// <param name="filter">Which signers.</param>
    /// <param name="after">The number in the ledger of the last pledge of the page before; 0 for the first.</param>
    /// <param name="rows">Signers on the page.</param>
    /// <param name="token">By which it is read.</param>
    public async Task<SignersAnswer?> ReadAsync(
        string typedCode, SignerFilter filter, long after, int rows, TokenInUse token, CancellationToken cancellationToken)
    {
        if (!EventCode.TryParse(typedCode, out var code)
            || await db.Events.SingleOrDefaultAsync(x => x.Code == code, cancellationToken) is not { } e
            || await published.FindAsync(e.Id, cancellationToken) is not { } shown)
            return null;
        var found = await filter.Of(db, sequences.PledgesOf(db.Pledges.AsNoTracking(), e.Id).Where(p => !p.Rehearsal && p.Sequence > after))
            .OrderBy(p => p.Sequence).Take(rows + 1).ToListAsync(cancellationToken);
        var page = found.Take(rows).ToList();
        if (page.Count(p => p.Name is not null) is > 0 and var names)
        {
            var line = db.Audit(AuditAction.NamesReadByToken, e, count: names);
            (line.Subject, line.ClassId) = (token.Name, shown.ClassOf(filter.ClassId)?.Id);
            await db.SaveChangesAsync(cancellationToken);
        }
        return new SignersAnswer(e.Code, [.. page.Select(p => Of(p, shown))], found.Count > rows ? page[^1].Sequence : null);
    }

    private static SignerEntry Of(Pledge p, PublishedEvent e)
    {
        var group = e.ClassOf(p.ClassId);
        return new SignerEntry(p.Sequence, p.Number, p.Role.WireName(), SignerName.Of(p), p.Relation?.WireName(), p.ClassId, group?.School,
            group?.LocalizedName(), p.SignedAt, p.Channel.WireName(), p.SignatureKind.WireName(), StateOf(p));
    }

    private static string StateOf(Pledge pledge) => pledge.State switch
    {
        PledgeState.Withdrawn => "withdrawn",
        PledgeState.Invalid => "invalid",
        PledgeState.CountedWith => "duplicate",
        PledgeState.Erased => "erased",
        _ => "valid",
    };
}
