using System.Security.Cryptography;

namespace SafetyCampaign.Ledger;

/// <summary>Receipts' secrets, drawn a group's worth at a time: one call for randomness costs as much as many bytes of it.</summary>
internal sealed class ReceiptSecretGenerator
{
    private readonly byte[] drawn = new byte[PledgeLedger.MaxGroupSize * Receipt.SecretBytes];
    private int used;

    public ReceiptSecretGenerator() => used = drawn.Length;

    public byte[] Next()
    {
        if (used == drawn.Length)
        {
            RandomNumberGenerator.Fill(drawn);
            used = 0;
        }
        var secret = drawn.AsSpan(used, Receipt.SecretBytes).ToArray();
        used += Receipt.SecretBytes;
        return secret;
    }
}
