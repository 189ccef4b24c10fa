using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The code of a take-home slip: twelve characters of Crockford base32, 60 random bits. Read as <see cref="EventCode"/> is: in any case,
/// with the letters that people mistake for digits.
/// </summary>
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
    public static bool TryParse(string? typed, [NotNullWhen(true)] out string? code)
    {
        code = null;
        if (typed is null || typed.Length > 2 * Length)
            return false;
        Span<char> read = stackalloc char[Length];
        var length = 0;
        foreach (var c in typed)
        {
            if (c is ' ' or '-')
                continue;
            var value = Crockford.ValueOf(c);
            if (value < 0 || length == Length)
                return false;
            read[length++] = Crockford.Alphabet[value];
        }
        if (length != Length)
            return false;
        code = new string(read);
        return true;
    }
}
