using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SafetyCampaign.Storage;

/// <summary>Names by other names in one column: they are written and read as a whole.</summary>
internal sealed class NamesJson() : ValueConverter<IReadOnlyDictionary<string, string>, string>(
    names => Write(names), json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Form)!)
{
    internal static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Dictionaries compare by reference; what is written is what counts.</summary>
    public static ValueComparer<IReadOnlyDictionary<string, string>> Comparer { get; } = new(
        (one, other) => Write(one!) == Write(other!), names => Write(names).GetHashCode(StringComparison.Ordinal));

    internal static string Write(IReadOnlyDictionary<string, string> names) =>
        JsonSerializer.Serialize(names.OrderBy(name => name.Key, StringComparer.Ordinal).ToDictionary(), Form);
}
