using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The secret in the address of a link that opens something without an account. The store keeps only its hash, so a copy of the
/// database opens nothing.
/// </summary>
public static class LinkSecret
{
    /// <summary>A new link's secret: 128 random bits as hexadecimal digits, at which no chat program ends a link.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256 without salt or iterations is enough for 128 random bits; in lower-case hexadecimal digits.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
