using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What the signers of one request keep.</summary>
/// <param name="Sequence">The first pledge's place in the ledger.</param>
/// <param name="Address">The secret part of <c>/r/{address}</c>; 24 characters of base64url.</param>
/// <param name="Number">The first signer's place among the people of the event; the others follow it.</param>
/// <param name="People">How many signed, 1-4.</param>
/// <param name="Verification">A code to check a certificate by: <c>0001-2F7Q-K3ZM</c>.</param>
public sealed record Receipt(long Sequence, string Address, int Number, int People, DateTimeOffset SignedAt, string Verification)
{
    internal const int SecretBytes = 12;
    private const int SequenceBytes = 6;

    internal static Receipt For(long sequence, byte[] secret, int number, int people, DateTimeOffset signedAt, byte[] digest) =>
        new(sequence, AddressOf(sequence, secret), number, people, signedAt, VerificationOf(sequence, digest));

    /// <summary>Reads an address as it stands in a link: the place in the ledger, and the secret to compare there.</summary>
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
    /// place in the ledger, the time and the secret, so that nobody can guess a name from it (电子签名法 13-14; domain-facts 6).
    /// </summary>
    internal static byte[] DigestOf(byte[] contentHash, long sequence, DateTimeOffset signedAt, byte[] secret)
    {
        Span<byte> proven = stackalloc byte[32 + 8 + 8 + SecretBytes];
        contentHash.CopyTo(proven);
        BinaryPrimitives.WriteInt64BigEndian(proven[32..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(proven[40..], signedAt.UtcTicks);
        secret.CopyTo(proven[48..]);
        return SHA256.HashData(proven);
    }

    internal static string AddressOf(long sequence, byte[] secret)
    {
        Span<byte> bytes = stackalloc byte[SequenceBytes + SecretBytes];
        for (var i = 0; i < SequenceBytes; i++)
            bytes[i] = (byte)(sequence >> (8 * (SequenceBytes - 1 - i)));
        secret.CopyTo(bytes[SequenceBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Six or more characters of the place in the ledger, six of the digest (30 bits), in groups of four.</summary>
    private static string VerificationOf(long sequence, byte[] digest)
    {
        var proof = BinaryPrimitives.ReadUInt32BigEndian(digest) >> 2;
        var code = Base32(sequence, 6) + Base32(proof, 6);
        return string.Join('-', code.Chunk(4).Select(group => new string(group)));
    }

    private static string Base32(long value, int atLeast)
    {
        var text = "";
        for (; value > 0 || text.Length < atLeast; value >>= 5)
            text = Crockford.Alphabet[(int)(value & 31)] + text;
        return text;
    }
}
