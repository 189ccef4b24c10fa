using System.Diagnostics.CodeAnalysis;

namespace SafetyCampaign.Campaigns;

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

    /// <summary>
    /// Reads a code as people copy it: in any case, with or without spaces and dashes, O for 0, I and L for 1, in the full-width letters of
    /// Chinese keyboards too. False for anything that cannot be one.
    /// </summary>
    /// <param name="typed">What somebody typed or pasted.</param>
    /// <param name="minLength">Characters that a code has at least.</param>
    /// <param name="maxLength">Characters that it has at most.</param>
    /// <param name="code">The code in the characters of <see cref="Alphabet"/>.</param>
    public static bool TryRead(string? typed, int minLength, int maxLength, [NotNullWhen(true)] out string? code)
    {
        code = null;
        if (typed is null || typed.Length > 2 * maxLength)
            return false;
        Span<char> read = stackalloc char[maxLength];
        var length = 0;
        foreach (var written in typed)
        {
            var c = written is >= '\uFF01' and <= '\uFF5E' ? (char)(written - 0xFEE0) : written;
            if (c is ' ' or '\u3000' or '-' or '\u2013' or '\u2014') // as keyboards and chats write a space and a dash
                continue;
            var value = ValueOf(c);
            if (value < 0 || length == maxLength)
                return false;
            read[length++] = Alphabet[value];
        }
        if (length < minLength)
            return false;
        code = new string(read[..length]);
        return true;
    }
}
