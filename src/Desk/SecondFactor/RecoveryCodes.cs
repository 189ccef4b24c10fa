using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Desk;

/// <summary>
/// Codes that stand in for a lost phone, each once. The store keeps their hashes alone: PBKDF2 with a salt for each set of codes, so
/// that a code is looked up by one hash.
/// </summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static IReadOnlyList<string> New() => [.. Enumerable.Range(0, Count).Select(_ => ReadableSecret.New())];

    /// <summary>The rounds and the salt of a new set, as they are stored.</summary>
    public static string NewSalt(int iterations) => string.Create(CultureInfo.InvariantCulture,
        $"{iterations}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes))}");

    /// <param name="code">As <see cref="ReadableSecret"/> makes it.</param>
    /// <param name="salt">As <see cref="NewSalt"/> makes it.</param>
    public static string Hash(string code, string salt)
    {
        var parts = salt.Split(':');
        return Base64Url.EncodeToString(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), Convert.FromBase64String(parts[1]),
            int.Parse(parts[0], CultureInfo.InvariantCulture), HashAlgorithmName.SHA512, HashBytes));
    }
}
