using System.Security.Cryptography;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>A password to be read out over the telephone: no letter or digit that is taken for another; 59 bits.</summary>
internal static class InitialPassword
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string New() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
