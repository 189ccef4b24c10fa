using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>The public code of an event: six characters of Crockford base32, written in upper case.</summary>
public static class EventCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 6;

    /// <summary>A code by chance, one of 2^30; that it is free is for the store to say.</summary>
    public static string New() => RandomNumberGenerator.GetString(Crockford.Alphabet, Length);

    /// <summary>Reads a code as typed; false for anything that cannot be one.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out string? code) =>
        Crockford.TryRead(typed, Length, Length, out code);
}
