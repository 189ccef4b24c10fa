using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a receipt, with the wording that was signed. Name and strokes are null once withdrawn or erased.</summary>
public sealed record ReceiptSigner(
    SignerRole Role, int? ClassId, string? Name, GuardianRelation? Relation, bool Typed, int TextVersion, PledgeWording Wording, byte[]? Strokes);

/// <summary>A receipt and all that was signed under it.</summary>
public sealed record SignedReceipt(Receipt Receipt, int EventId, bool Rehearsal, SigningChannel Channel, IReadOnlyList<ReceiptSigner> Signers)
{
    /// <summary>The guardian's separate consent to keep the child's pledge.</summary>
    public bool GuardianConsent { get; init; }

    /// <summary>The separate consent to show a masked name on the stage.</summary>
    public bool ShowMaskedName { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>By an organizer; null again once that is taken back.</summary>
    public DateTimeOffset? InvalidatedAt { get; init; }

    /// <summary>The latest of the signers' own corrections.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>The class of the first who has one.</summary>
    public int? ClassId => Signers.Select(s => s.ClassId).FirstOrDefault(id => id is not null);
}

/// <summary>
/// Finds what was signed, by the receipt's secret address or the request's key. No index is needed: the address holds
/// the sequence.
/// </summary>
public sealed class Receipts(CampaignDbFactory dbFactory)
{
    /// <summary>Null for an address that is malformed, unknown, or whose secret is wrong: a stranger learns nothing of which.</summary>
    public async Task<SignedReceipt?> FindAsync(string? address, CancellationToken cancellationToken = default)
    {
        if (!Receipt.TryReadAddress(address, out var sequence, out var secret))
            return null;
        await using var db = dbFactory.Open();
        var head = await db.Pledges.AsNoTracking().SingleOrDefaultAsync(p => p.Sequence == sequence, cancellationToken);
        if (head?.Secret is null || !CryptographicOperations.FixedTimeEquals(head.Secret, secret))
            return null;
        return new SignedReceipt(ReceiptOf(head), head.EventId, head.Rehearsal, head.Channel, await SignersAsync(db, head, cancellationToken))
        {
            GuardianConsent = head.GuardianConsent,
            ShowMaskedName = head.ShowMaskedName,
            WithdrawnAt = head.WithdrawnAt,
            ErasedAt = head.ErasedAt,
            InvalidatedAt = head.InvalidatedAt,
            CorrectedAt = await CorrectedAtAsync(db, sequence, cancellationToken),
        };
    }

    /// <summary>The receipt of a request that is stored already with this content; null where it is not, or differs.</summary>
    public async Task<Receipt?> FindAsync(Guid key, int eventId, byte[] contentHash, CancellationToken cancellationToken = default)
    {
        var bytes = key.ToByteArray(bigEndian: true);
        await using var db = dbFactory.Open();
        var head = await db.Pledges.AsNoTracking().SingleOrDefaultAsync(p => p.Key == bytes && p.Position == 0, cancellationToken);
        return head is not null && head.EventId == eventId && head.ContentHash is not null && head.ContentHash.SequenceEqual(contentHash)
            ? ReceiptOf(head)
            : null;
    }

    internal static Task<DateTimeOffset?> CorrectedAtAsync(CampaignDb db, long sequence, CancellationToken cancellationToken) =>
        db.Acts.Where(a => a.Subject == sequence && a.Kind == LedgerActKind.Corrected)
            .OrderByDescending(a => a.Sequence).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(cancellationToken);

    private static Receipt ReceiptOf(Pledge head) =>
        Receipt.For(head.Sequence, head.Secret!, head.Number, head.Signers, head.SignedAt, head.Digest!);

    private static async Task<List<ReceiptSigner>> SignersAsync(CampaignDb db, Pledge head, CancellationToken cancellationToken)
    {
        var last = head.Sequence + head.Signers - 1;
        var rows = await (
            from pledge in db.Pledges.AsNoTracking()
            where pledge.Sequence >= head.Sequence && pledge.Sequence <= last
            join text in db.Texts on pledge.TextId equals text.Id
            join signature in db.Signatures on pledge.Sequence equals signature.Sequence into signatures
            from signature in signatures.DefaultIfEmpty()
            orderby pledge.Sequence
            select new { pledge, text, Strokes = signature == null ? null : signature.Strokes }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new ReceiptSigner(
            r.pledge.Role, r.pledge.ClassId, r.pledge.Name, r.pledge.Relation, r.pledge.Typed, r.text.Version, r.text.Wording, r.Strokes))];
    }
}
