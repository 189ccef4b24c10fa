using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// The public code of an event: six characters of Crockford base32, written in upper case. Any case is accepted, and
/// the letters people mistake are read as the digits they look like (I and L as 1, O as 0).
/// </summary>
public static class EventCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 6;

    /// <summary>A code by chance, one of 2^30; that it is free is for the store to say.</summary>
    public static string New() => RandomNumberGenerator.GetString(Crockford.Alphabet, Length);

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

/// <summary>Douglas Crockford's base32 alphabet: no I, L, O, U.</summary>
public static class Crockford
{
    /// <summary>The digit of value n stands at index n.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The value 0-31 of a character as typed, or -1.</summary>
    public static int ValueOf(char c) => char.ToUpperInvariant(c) switch
    {
        _ when !char.IsAscii(c) => -1, // ſ would become an S
        'O' => 0,
        'I' or 'L' => 1,
        var upper => Alphabet.IndexOf(upper),
    };
}
