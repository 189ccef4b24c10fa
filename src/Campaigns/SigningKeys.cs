using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// Issues the keys of sign requests at one event, and recognises them again without storing them: a UUID, version 7, that
/// carries a keyed hash. Bytes 0 to 5 are milliseconds since 1970, 6 to 8 the version, the variant and 18 random bits, 9 to 12
/// the first 32 bits of an HMAC-SHA256 over bytes 0 to 8. Bytes 13 to 15 are random, and the phone's to change: each family
/// that signs at the same page, without a network perhaps, has a key of its own that is still one of ours.
/// </summary>
/// <param name="secret">The event's, see <see cref="CampaignEvent.KeySecret"/>; known to every node and told to nobody.</param>
public sealed class SigningKeys(byte[] secret)
{
    /// <summary>Length of a secret, in bytes.</summary>
    public const int SecretLength = 16;

    private const int HashedLength = 9;
    private const int HashLength = 4;
    private const int KeyLength = 16;

    /// <summary>A new key.</summary>
    /// <param name="now">When it is issued; kept to the millisecond.</param>
    public Guid Issue(DateTimeOffset now)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        Guid.CreateVersion7(now).TryWriteBytes(key, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, key[..HashedLength], hash);
        hash[..HashLength].CopyTo(key[HashedLength..]);
        return new Guid(key, bigEndian: true);
    }

    /// <summary>When a key was issued, in UTC; null for one that is not of this event, or that a phone has made itself.</summary>
    public DateTimeOffset? IssuedAt(Guid key)
    {
        // An event that a node of an earlier release has made has no secret: anybody could make its keys.
        if (secret.Length == 0)
            return null;
        Span<byte> bytes = stackalloc byte[KeyLength];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, bytes[..HashedLength], hash);
        return CryptographicOperations.FixedTimeEquals(hash[..HashLength], bytes[HashedLength..(HashedLength + HashLength)])
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16)
            : null;
    }
}
