using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>One person of a verified record, as the public may see it.</summary>
/// <param name="Role">In which capacity the person signed.</param>
/// <param name="MaskedName">See <see cref="PersonName.Mask"/>; null once the name has been erased.</param>
/// <param name="TextTitle">The title of the text that was signed.</param>
/// <param name="TextVersion">Its version, from 1 within its role.</param>
public sealed record VerifiedSigner(SignerRole Role, string? MaskedName, string TextTitle, int TextVersion);

/// <summary>What anybody may learn from a verification code: that the record is there, what of, and whether it is valid.</summary>
/// <param name="Code">The code as a certificate writes it, see <see cref="Receipt.Verification"/>.</param>
/// <param name="EventId">The event's row.</param>
/// <param name="Number">The first signer's place among the people of the event.</param>
/// <param name="SignedAt">When it was stored, in UTC.</param>
/// <param name="Rehearsal">It is practice and proves nothing.</param>
/// <param name="Withdrawn">By its signers.</param>
/// <param name="Invalidated">By an organizer, who can take it back.</param>
/// <param name="Signers">In the order of the request.</param>
public sealed record VerifiedRecord(
    string Code, int EventId, int Number, DateTimeOffset SignedAt, bool Rehearsal, bool Withdrawn, bool Invalidated,
    IReadOnlyList<VerifiedSigner> Signers)
{
    /// <summary>
    /// When the signers last corrected it themselves, null where they never did: the code proves what was signed before it.
    /// </summary>
    public DateTimeOffset? CorrectedAt { get; init; }
}

/// <summary>
/// Finds a record by the verification code of a certificate: the code names the sequence number in the ledger, and 30 bits of the
/// digest that stands there prove that somebody holds the certificate. The digest outlives the names, so a code can be
/// checked for as long as the row is kept.
/// </summary>
/// <param name="gate">Opens the store with the program's own access scope: a code may be checked by anybody.</param>
public sealed class Verification(StoreGate gate)
{
    private readonly SignedRequestReader reader = new();

    private const int ProofLength = 6;
    private const int SequenceMinLength = 6;
    private const int SequenceMaxLength = 12; // 60 bits

    /// <summary>The record of a code.</summary>
    /// <param name="typed">As people copy it: any case, with or without dashes and spaces, O for 0, I and L for 1; may be anything.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null for a code that is malformed, unknown, or has a wrong proof: nobody learns which, nor how near it was.</returns>
    public async Task<VerifiedRecord?> FindAsync(string? typed, CancellationToken cancellationToken = default) =>
        TryRead(typed, out var code, out var sequence) && await gate.ReadAsync(
            (db, cancelled) => reader.ReadAsync(db, sequence, head => IsProvenBy(head, code), cancelled), cancellationToken) is { } request
            ? Of(request)
            : null;

    private static VerifiedRecord Of(SignedRequest request)
    {
        var head = request.Head;
        return new VerifiedRecord(VerificationOf(head), head.EventId, head.Number, head.SignedAt, head.Rehearsal,
            Withdrawn: head.WithdrawnAt is not null,
            Invalidated: head.InvalidatedAt is not null,
            [.. request.Signers.Select(Masked)])
        {
            CorrectedAt = request.CorrectedAt,
        };
    }

    private static VerifiedSigner Masked(StoredSigner signer) => new(
        signer.Pledge.Role,
        signer.Pledge.Name is { } name ? SignerName.Mask(name, signer.Pledge.Relation, signer.Pledge.SignatureKind) : null,
        signer.Text.Title, signer.Text.Version);

    private static bool IsProvenBy(Pledge head, string code) => head.Digest is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(VerificationOf(head).Replace("-", "")), Encoding.ASCII.GetBytes(code));

    private static string VerificationOf(Pledge head) =>
        Receipt.For(head.Sequence, head.Secret ?? [], head.Number, head.Signers, head.SignedAt, head.Digest!).Verification;

    private static bool TryRead(string? typed, out string code, out long sequence)
    {
        sequence = 0;
        var isCode = Crockford.TryRead(typed, SequenceMinLength + ProofLength, SequenceMaxLength + ProofLength, out var read);
        code = read ?? "";
        foreach (var c in code.AsSpan(0, Math.Max(0, code.Length - ProofLength)))
            sequence = (sequence << 5) | (long)Crockford.ValueOf(c);
        return isCode;
    }
}
