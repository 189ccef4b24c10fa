using System.Security.Cryptography;

namespace SafetyCampaign.Records.Seals;

/// <summary>
/// A Merkle tree as in RFC 6962, section 2.1: a leaf is hashed after a byte 0, a node after a byte 1, and of an odd number of hashes
/// the last moves up as it is. Hashes stand one after the other, 32 bytes each.
/// </summary>
public static class MerkleTree
{
    public const int HashLength = 32;

    /// <summary>The hash of a leaf.</summary>
    public static byte[] LeafOf(ReadOnlySpan<byte> content) => SHA256.HashData([0, .. content]);

    /// <summary>The root over leaves; of none it is the hash of nothing.</summary>
    public static byte[] RootOf(ReadOnlySpan<byte> leaves)
    {
        if (leaves.Length == 0)
            return SHA256.HashData([]);
        var hashes = leaves.ToArray();
        for (var count = hashes.Length / HashLength; count > 1; count = (count + 1) / 2)
            MoveUp(hashes, count);
        return hashes[..HashLength];
    }

    /// <summary>The hashes beside the way from a leaf to the root, from below.</summary>
    public static IReadOnlyList<byte[]> PathOf(ReadOnlySpan<byte> leaves, int index)
    {
        var path = new List<byte[]>();
        var hashes = leaves.ToArray();
        for (var count = hashes.Length / HashLength; count > 1; count = (count + 1) / 2, index /= 2)
        {
            if ((index ^ 1) < count)
                path.Add(At(hashes, index ^ 1).ToArray());
            MoveUp(hashes, count);
        }
        return path;
    }

    private static void MoveUp(byte[] hashes, int count)
    {
        Span<byte> pair = stackalloc byte[1 + 2 * HashLength];
        pair[0] = 1;
        for (var i = 0; i < count; i += 2)
            if (i + 1 < count)
            {
                hashes.AsSpan(i * HashLength, 2 * HashLength).CopyTo(pair[1..]);
                SHA256.HashData(pair, At(hashes, i / 2));
            }
            else
                At(hashes, i).CopyTo(At(hashes, i / 2));
    }

    private static Span<byte> At(byte[] hashes, int index) => hashes.AsSpan(index * HashLength, HashLength);
}
