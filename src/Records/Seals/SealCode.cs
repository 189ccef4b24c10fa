using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Records.Seals;

/// <summary>The short codes of an archive package, to print and to compare by eye.</summary>
public static class SealCode
{
    private const int Digits = 20;
    private const int Group = 4;

    /// <summary>The first 100 bits of a SHA-256 as 20 characters of Crockford base32 in groups of four.</summary>
    public static string Of(ReadOnlySpan<byte> hash)
    {
        var number = new BigInteger(hash[..13], isUnsigned: true, isBigEndian: true) >> 4;
        var code = new StringBuilder(Digits + Digits / Group);
        for (var i = Digits - 1; i >= 0; i--)
        {
            code.Append(Crockford.Alphabet[(int)((number >> (5 * i)) & 31)]);
            if (i > 0 && i % Group == 0)
                code.Append('-');
        }
        return code.ToString();
    }

    /// <summary>The code of a seal, over its content.</summary>
    public static string Of(string eventCode, int version, DateTimeOffset sealedAt, int leaves, ReadOnlySpan<byte> root) =>
        Of(SHA256.HashData(ContentOf(eventCode, version, sealedAt, leaves, root)));

    /// <summary>
    /// What a seal states, a line each for event, version, time, number of leaves and root; what an authority stamps is its SHA-256.
    /// </summary>
    public static byte[] ContentOf(string eventCode, int version, DateTimeOffset sealedAt, int leaves, ReadOnlySpan<byte> root) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"safety-campaign seal 1\n{eventCode}\n{version}\n{Time(sealedAt)}\n{leaves}\n{Convert.ToHexStringLower(root)}\n"));

    /// <summary>As times stand in the package: <c>2026-07-17T01:30:00Z</c>.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
