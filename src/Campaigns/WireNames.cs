using System.Collections.Frozen;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// How the values of an enumeration are written outside of C#: in the API, in addresses, in class names of style sheets and
/// in the counts that a stage holds. It is the name in lower case: <c>SigningChannel.Phone</c> is <c>phone</c>.
/// </summary>
public static class WireNames
{
    /// <summary>The value's name in lower case. Allocates nothing.</summary>
    /// <exception cref="KeyNotFoundException">The enumeration has no such value.</exception>
    public static string WireName<T>(this T value) where T : struct, Enum => Names<T>.Written[value];

    /// <summary>Reads a name in any case. By name alone: <c>Enum.TryParse</c> would take numbers and lists as well.</summary>
    /// <returns>False where there is no such name, or no text.</returns>
    public static bool TryRead<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.Read.TryGetValue(text, out value);
    }

    private static class Names<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Written =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());

        public static readonly FrozenDictionary<string, T> Read =
            Written.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.OrdinalIgnoreCase);
    }
}
