using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The secret in the address of a link that opens something without an account. The store keeps only its hash, so a copy of the
/// database opens nothing.
/// </summary>
public static class LinkSecret
{
    /// <summary>Of a secret, in characters.</summary>
    public const int Length = 32;

    /// <summary>
    /// The secret of one of several links that are made together, from a secret that they share (<see cref="New"/>): whoever has that
    /// one for a moment can show all of them.
    /// </summary>
    /// <param name="shared">Known to whoever makes them, and kept nowhere.</param>
    /// <param name="number">Tells the links apart.</param>
    public static string OfSeveral(string shared, int number) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(shared), Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))))[..Length];

    /// <summary>A new link's secret: 128 random bits as hexadecimal digits, at which no chat program ends a link.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256 without salt or iterations is enough for 128 random bits; in lower-case hexadecimal digits.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
