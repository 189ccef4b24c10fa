using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a verified record, as the public may see it.</summary>
/// <param name="MaskedName">Null once the name has been erased.</param>
public sealed record VerifiedSigner(SignerRole Role, string? MaskedName, string TextTitle, int TextVersion);

/// <summary>What a verification code shows to anybody: that the record exists, of what, and whether it counts.</summary>
public sealed record VerifiedRecord(
    string Code, int EventId, int Number, DateTimeOffset SignedAt, bool Rehearsal, bool Withdrawn, bool Invalidated, IReadOnlyList<VerifiedSigner> Signers)
{
    /// <summary>The latest of the signers' own corrections: the code proves what was signed before it.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }
}

/// <summary>
/// Finds a record by the verification code of a certificate: the code names the sequence number in the ledger, and 30 bits of the
/// digest that stands there prove that somebody holds the certificate. The digest outlives the names, so a code can be
/// checked for as long as the row is kept.
/// </summary>
public sealed class Verification(CampaignDbFactory dbFactory)
{
    private const int ProofLength = 6;
    private const int SequenceMinLength = 6;
    private const int SequenceMaxLength = 12; // 60 bits

    /// <summary>Null for a code that is malformed, unknown, or has a wrong proof: the answer is the same for all three.</summary>
    public async Task<VerifiedRecord?> FindAsync(string? typed, CancellationToken cancellationToken = default)
    {
        if (!TryRead(typed, out var code, out var sequence))
            return null;
        await using var db = dbFactory.Open();
        var head = await db.Pledges.AsNoTracking().SingleOrDefaultAsync(p => p.Sequence == sequence, cancellationToken);
        if (head?.Digest is null)
            return null;
        var receipt = Receipt.For(head.Sequence, head.Secret ?? [], head.Number, head.Signers, head.SignedAt, head.Digest);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(receipt.Verification.Replace("-", "")), Encoding.ASCII.GetBytes(code)))
            return null;
        return new VerifiedRecord(receipt.Verification, head.EventId, head.Number, head.SignedAt, head.Rehearsal,
            head.WithdrawnAt is not null, head.InvalidatedAt is not null, await SignersAsync(db, head, cancellationToken))
        {
            CorrectedAt = await Receipts.CorrectedAtAsync(db, sequence, cancellationToken),
        };
    }

    /// <summary>Reads a code as people copy it: any case, with or without dashes and spaces, O for 0, I and L for 1.</summary>
    private static bool TryRead(string? typed, out string code, out long sequence)
    {
        (code, sequence) = ("", 0);
        if (typed is null || typed.Length > 2 * (SequenceMaxLength + ProofLength))
            return false;
        var read = new StringBuilder(SequenceMaxLength + ProofLength);
        foreach (var c in typed)
        {
            if (c is ' ' or '\u3000' or '-' or '\u2013' or '\u2014' or '\uFF0D') // as keyboards and chats write a dash
                continue;
            if (Crockford.ValueOf(c) is var digit && digit < 0)
                return false;
            read.Append(Crockford.Alphabet[digit]);
        }
        if (read.Length is < SequenceMinLength + ProofLength or > SequenceMaxLength + ProofLength)
            return false;
        code = read.ToString();
        foreach (var c in code.AsSpan(0, code.Length - ProofLength))
            sequence = (sequence << 5) | (long)Crockford.ValueOf(c);
        return true;
    }

    private static async Task<List<VerifiedSigner>> SignersAsync(CampaignDb db, Pledge head, CancellationToken cancellationToken)
    {
        var last = head.Sequence + head.Signers - 1;
        var rows = await (
            from pledge in db.Pledges.AsNoTracking()
            where pledge.Sequence >= head.Sequence && pledge.Sequence <= last
            join text in db.Texts on pledge.TextId equals text.Id
            orderby pledge.Sequence
            select new { pledge.Role, pledge.Name, text.Title, text.Version }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new VerifiedSigner(r.Role, r.Name is null ? null : PersonName.Mask(r.Name), r.Title, r.Version))];
    }
}
