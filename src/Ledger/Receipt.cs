using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What the signers of one request keep.</summary>
/// <param name="Sequence">The first pledge's sequence number in the ledger.</param>
/// <param name="Number">The first signer's place among the people of the event; the others follow it.</param>
/// <param name="People">How many signed, 1 to <see cref="Pledge.MaxSigners"/>.</param>
/// <param name="SignedAt">When it was stored, in UTC.</param>
public sealed record Receipt(long Sequence, int Number, int People, DateTimeOffset SignedAt)
{
    internal const int SecretBytes = 12;
    internal const int SaltBytes = 16;
    private const int SequenceBytes = 6;

    private byte[] Secret { get; init; } = [];
    private byte[] Digest { get; init; } = [];

    /// <summary>The secret part of <c>/r/{address}</c>; 24 characters of base64url.</summary>
    public string Address => AddressOf(Sequence, Secret);

    /// <summary>
    /// A code to check a certificate by: <c>0001-2F7Q-K3ZM</c>; 12 to 18 characters of Crockford base32 in groups of four.
    /// </summary>
    public string Verification => VerificationOf(Sequence, Digest);

    /// <summary>False for a row that keeps only the hash of its secret: its address is known to whoever holds it, and to nobody else.</summary>
    internal bool HasAddress => Secret.Length == SecretBytes;

    // The two are written out by whoever answers, not on the ledger's thread.
    internal static Receipt For(long sequence, byte[] secret, int number, int people, DateTimeOffset signedAt, byte[] digest) =>
        new(sequence, number, people, signedAt) { Secret = secret, Digest = digest };

    /// <summary>
    /// Whether a secret is the one of a row. Rows whose secret salted their digest too keep its SHA-256 once their names are gone.
    /// </summary>
    /// <param name="secret">As it stands in a link.</param>
    /// <param name="stored">As it stands in the row; null for none.</param>
    internal static bool IsSecretOf(byte[] secret, byte[]? stored) =>
        CryptographicOperations.FixedTimeEquals(stored?.Length == SecretBytes ? secret : SHA256.HashData(secret), stored);

    /// <summary>Two receipts are equal where their addresses are: the same signing has the same secret.</summary>
    /// <param name="other">May be null.</param>
    public bool Equals(Receipt? other) => other?.Address == Address;

    /// <inheritdoc/>
    public override int GetHashCode() => Sequence.GetHashCode();

    /// <summary>Reads an address as it stands in a link: the sequence number in the ledger, and the secret to compare there.</summary>
    internal static bool TryReadAddress(string? address, out long sequence, [NotNullWhen(true)] out byte[]? secret)
    {
        (sequence, secret) = (0, null);
        Span<byte> bytes = stackalloc byte[SequenceBytes + SecretBytes];
        if (address is not { Length: 24 } || !Base64Url.IsValid(address) // decoding would throw
            || !Base64Url.TryDecodeFromChars(address, bytes, out var read) || read != bytes.Length)
            return false;
        foreach (var b in bytes[..SequenceBytes])
            sequence = (sequence << 8) | b;
        secret = bytes[SequenceBytes..].ToArray();
        return true;
    }

    /// <summary>
    /// What proves the record: SHA-256 over what was sent (which names the text versions and holds the signatures), the
    /// sequence number in the ledger, the time, a salt, and the text that each person signed, in all of its languages
    /// (电子签名法 13-14; docs/domain.md 6). All but the names, the handwriting and the salt is known; so the salt is destroyed
    /// with the names, and nobody can try names on the digest that stays.
    /// </summary>
    /// <remarks>
    /// In this order: the content hash (32 bytes), the place and the time in ticks of UTC (8 bytes each, big-endian), the
    /// salt (16 bytes), and the hash of the text of each signer in turn (32 bytes each). Records made before there was a salt
    /// have the receipt's secret (12 bytes) in its place, and of those the ones from before texts had hashes end with it:
    /// whoever computes a digest anew tries without the texts where it is not the one with them.
    /// </remarks>
    internal static byte[] DigestOf(PledgeDraft draft, long sequence, DateTimeOffset signedAt, byte[] salt)
    {
        const int salted = 32 + 8 + 8;
        var texts = salted + salt.Length;
        Span<byte> proven = stackalloc byte[texts + draft.Signers.Count * PledgeTextHash.Length];
        draft.ContentHash.CopyTo(proven);
        BinaryPrimitives.WriteInt64BigEndian(proven[32..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(proven[40..], signedAt.UtcTicks);
        salt.CopyTo(proven[salted..]);
        var length = texts;
        for (var i = 0; i < draft.Signers.Count; i++)
        {
            draft.Signers[i].TextHash.CopyTo(proven[length..]);
            length += draft.Signers[i].TextHash.Length;
        }
        return SHA256.HashData(proven[..length]);
    }

    internal static string AddressOf(long sequence, byte[] secret)
    {
        Span<byte> bytes = stackalloc byte[SequenceBytes + SecretBytes];
        for (var i = 0; i < SequenceBytes; i++)
            bytes[i] = (byte)(sequence >> (8 * (SequenceBytes - 1 - i)));
        secret.CopyTo(bytes[SequenceBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Six or more characters of the sequence number in the ledger, six of the digest (30 bits), in groups of four.</summary>
    internal static string VerificationOf(long sequence, byte[] digest)
    {
        var proof = BinaryPrimitives.ReadUInt32BigEndian(digest) >> 2;
        var place = 6;
        while (sequence >> (5 * place) > 0)
            place++;
        var code = new StringBuilder(20);
        for (var i = place - 1; i >= 0; i--)
            Add(sequence >> (5 * i));
        for (var i = 5; i >= 0; i--)
            Add(proof >> (5 * i));
        return code.ToString();

        void Add(long digit)
        {
            if (code.Length % 5 == 4)
                code.Append('-');
            code.Append(Crockford.Alphabet[(int)(digit & 31)]);
        }
    }
}
