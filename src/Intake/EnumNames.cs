using System.Collections.Frozen;

namespace SafetyCampaign.Intake;

/// <summary>How the API writes the values of an enumeration: their names in lower case; read in any case.</summary>
internal static class EnumNames<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Written =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());

    private static readonly FrozenDictionary<string, T> Values =
        Written.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.OrdinalIgnoreCase);

    public static string Of(T value) => Written[value];

    /// <summary>By name alone: <c>Enum.TryParse</c> would take numbers and lists as well.</summary>
    public static bool TryRead(string? text, out T value)
    {
        value = default;
        return text is not null && Values.TryGetValue(text, out value);
    }
}
