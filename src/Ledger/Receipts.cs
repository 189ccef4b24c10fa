using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a receipt, with the very words that were signed.</summary>
/// <param name="Role">In which capacity the person signed.</param>
/// <param name="ClassId">The class's row; null where the person belongs to none.</param>
/// <param name="Name">As it is stored, see <see cref="Pledge.Name"/>; null once withdrawn or erased.</param>
/// <param name="Relation">
/// What a guardian is to the child; null where it was not said, for other roles, and once withdrawn or erased.
/// </param>
/// <param name="SignatureKind">What stands for the signature.</param>
/// <param name="TextVersion">The version of the text, from 1 within its role.</param>
/// <param name="Wording">The text of that version.</param>
/// <param name="Strokes">
/// The handwriting, see <see cref="Campaigns.Strokes"/>; null for the other kinds, and once withdrawn or erased.
/// </param>
public sealed record ReceiptSigner(
    SignerRole Role, int? ClassId, string? Name, GuardianRelation? Relation, SignatureKind SignatureKind, int TextVersion,
    PledgeWording Wording, byte[]? Strokes)
{
    /// <summary>What the person is called, in the reader's language; null once withdrawn or erased. See <see cref="SignerName"/>.</summary>
    public string? ShownName => SignerName.Of(Name, Relation, SignatureKind);

    /// <summary>What could be read beside the words when they were signed; frozen with them.</summary>
    public IReadOnlyList<PledgeTranslation> Translations { get; init; } = [];

    /// <summary>SHA-256 over the words in all of their languages, 32 bytes; see <see cref="PledgeTextHash"/>.</summary>
    public byte[] TextHash() => PledgeTextHash.Of(Wording, Translations);
}

/// <summary>A receipt and all that was signed under it.</summary>
/// <param name="Receipt">What the signers keep.</param>
/// <param name="EventId">The event's row.</param>
/// <param name="Rehearsal">It is practice, and goes when the event opens.</param>
/// <param name="Channel">How it reached the ledger.</param>
/// <param name="Signers">One to <see cref="Pledge.MaxSigners"/> people, in the order of the request.</param>
public sealed record SignedReceipt(
    Receipt Receipt, int EventId, bool Rehearsal, SigningChannel Channel, IReadOnlyList<ReceiptSigner> Signers)
{
    /// <summary>The guardian's separate consent to keep the child's pledge.</summary>
    public bool GuardianConsent { get; init; }

    /// <summary>Who vouched for the request; null where it came from the signers' own phone, and once it has been erased.</summary>
    public Voucher? Voucher { get; init; }

    /// <summary>A consent that holds for a pupil of this receipt: of a guardian who signed too, or of the school that vouched.</summary>
    public bool HoldsGuardianConsent => GuardianConsent && (Voucher is not null || Signers.Any(s => s.Role == SignerRole.Guardian));

    /// <summary>The separate consent to show a masked name on the stage; false once it has been withdrawn.</summary>
    public bool ShowMaskedName { get; init; }

    /// <inheritdoc cref="Pledge.MaskedNameWithdrawnAt"/>
    public DateTimeOffset? MaskedNameWithdrawnAt { get; init; }

    /// <inheritdoc cref="Pledge.RulesVersion"/>
    public int? RulesVersion { get; init; }

    /// <inheritdoc cref="Pledge.ConsentHash"/>
    public byte[]? ConsentHash { get; init; }

    /// <inheritdoc cref="Pledge.WithdrawnAt"/>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <inheritdoc cref="Pledge.ErasedAt"/>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>By an organizer; null again once that is taken back.</summary>
    public DateTimeOffset? InvalidatedAt { get; init; }

    /// <summary>When the signers last corrected it themselves; null where they never did.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>The class of the first who has one.</summary>
    public int? ClassId => Signers.Select(s => s.ClassId).FirstOrDefault(id => id is not null);
}

/// <summary>
/// Finds what was signed, by the receipt's secret address or the request's key. No index is needed: the address holds
/// the sequence.
/// </summary>
/// <param name="gate">Opens the store with the program's own access scope: whoever holds the address may read.</param>
public sealed class Receipts(StoreGate gate)
{
    private readonly SignedRequestReader reader = new();

    /// <summary>What was signed under an address.</summary>
    /// <param name="address">As it stands in the link, see <see cref="Receipt.Address"/>; may be anything.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null for an address that is malformed, unknown, or whose secret is wrong: a stranger learns nothing of which.</returns>
    public async Task<SignedReceipt?> FindAsync(string? address, CancellationToken cancellationToken = default) =>
        Receipt.TryReadAddress(address, out var sequence, out var secret)
        && await ReadAsync(sequence, head => Receipt.IsSecretOf(secret, head.Secret), cancellationToken) is { } request
            ? Of(request, secret)
            : null;

    /// <summary>What was signed in a request of an event, for the desk, where somebody has lost the address.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null where that event has no such request.</returns>
    public async Task<SignedReceipt?> FindAsync(int eventId, long sequence, CancellationToken cancellationToken = default) =>
        await ReadAsync(sequence, head => head.EventId == eventId && head.Position == 0, cancellationToken) is { } request
        && request.Head.Secret is { } secret
            ? Of(request, secret)
            : null;

    /// <summary>The receipt of a request that is stored already.</summary>
    /// <param name="key">The request's own key.</param>
    /// <param name="eventId">The event's row.</param>
    /// <param name="contentHash">SHA-256 of what was sent, 32 bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// Null where the key is not stored, or belongs to another event or content. Once a name of it has been erased or corrected, no
    /// content can be compared any more, and the key alone finds it.
    /// </returns>
    public async Task<Receipt?> FindAsync(Guid key, int eventId, byte[] contentHash, CancellationToken cancellationToken = default)
    {
        var bytes = key.ToByteArray(bigEndian: true);
        var head = await gate.ReadAsync(
            (db, cancelled) => db.Pledges.AsNoTracking().SingleOrDefaultAsync(p => p.Key == bytes && p.Position == 0, cancelled),
            cancellationToken);
        return head is { Secret: { } secret } && head.EventId == eventId && (head.ContentHash?.SequenceEqual(contentHash) ?? true)
            && ReceiptOf(head, secret) is { HasAddress: true } receipt
            ? receipt
            : null;
    }

    private Task<SignedRequest?> ReadAsync(long sequence, Func<Pledge, bool> isRight, CancellationToken cancellationToken) =>
        gate.ReadAsync((db, cancelled) => reader.ReadAsync(db, sequence, isRight, cancelled), cancellationToken);

    private static SignedReceipt Of(SignedRequest request, byte[] secret)
    {
        var head = request.Head;
        List<ReceiptSigner> signers = [.. request.Signers.Select(signer => new ReceiptSigner(
            signer.Pledge.Role, signer.Pledge.ClassId, signer.Pledge.Name, signer.Pledge.Relation, signer.Pledge.SignatureKind,
            signer.Text.Version, signer.Text.Wording, signer.Strokes)
        {
            Translations = signer.Text.Translations,
        })];
        return new SignedReceipt(ReceiptOf(head, secret), head.EventId, head.Rehearsal, head.Channel, signers)
        {
            Voucher = VoucherOf(head, signers),
            GuardianConsent = head.GuardianConsent,
            ShowMaskedName = head.ShowMaskedName,
            MaskedNameWithdrawnAt = head.MaskedNameWithdrawnAt,
            RulesVersion = head.RulesVersion,
            ConsentHash = head.ConsentHash,
            WithdrawnAt = head.WithdrawnAt,
            ErasedAt = head.ErasedAt,
            InvalidatedAt = head.InvalidatedAt,
            CorrectedAt = request.CorrectedAt,
        };
    }

    private static Receipt ReceiptOf(Pledge head, byte[] secret) =>
        Receipt.For(head.Sequence, secret, head.Number, head.Signers, head.SignedAt, head.Digest!);

    /// <summary>Where a guardian signed too, it consented itself; else the consent is the school's.</summary>
    private static Voucher? VoucherOf(Pledge head, List<ReceiptSigner> signers) => head is { VoucherKind: { } kind, VoucherId: { } id }
        ? new Voucher(kind, id, head.GuardianConsent && !signers.Exists(s => s.Role == SignerRole.Guardian))
        : null;
}
