using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>The code of a take-home slip: twelve characters of Crockford base32, 60 random bits.</summary>
public static class SlipCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 12;

    private const int GroupLength = 4;

    /// <summary>A code by chance, one of 2^60.</summary>
    public static string New() => RandomNumberGenerator.GetString(Crockford.Alphabet, Length);

    /// <summary>As it is printed, in groups that can be copied by eye: <c>7K3M-QW9D-XX4C</c>.</summary>
    public static string Spaced(string code) => string.Join('-', code.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>Reads a code as typed; false for anything that cannot be one.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out string? code) =>
        Crockford.TryRead(typed, Length, Length, out code);
}
