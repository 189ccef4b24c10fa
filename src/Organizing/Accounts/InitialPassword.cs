using System.Security.Cryptography;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>A generated password that can be read out: without letters and digits that are mistaken for each other; 59 bits.</summary>
internal static class InitialPassword
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string New() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
