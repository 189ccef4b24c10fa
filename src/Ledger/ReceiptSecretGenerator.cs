using System.Security.Cryptography;

namespace SafetyCampaign.Ledger;

/// <summary>
/// Receipts' secrets and digests' salts, drawn a group's worth at a time: one call for randomness costs as much as many bytes of it.
/// </summary>
internal sealed class ReceiptSecretGenerator
{
    private readonly byte[] drawn = new byte[PledgeLedger.MaxGroupSize * (Receipt.SecretBytes + Receipt.SaltBytes)];
    private int used;

    public ReceiptSecretGenerator() => used = drawn.Length;

    public byte[] NextSecret() => Next(Receipt.SecretBytes);

    public byte[] NextSalt() => Next(Receipt.SaltBytes);

    private byte[] Next(int length)
    {
        if (used + length > drawn.Length)
        {
            RandomNumberGenerator.Fill(drawn);
            used = 0;
        }
        var taken = drawn.AsSpan(used, length);
        var bytes = taken.ToArray();
        taken.Clear(); // a salt that its row has destroyed must not stay here
        used += length;
        return bytes;
    }
}
