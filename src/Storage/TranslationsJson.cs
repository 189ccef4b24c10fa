using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>The translations of a text version in one column: they are written once and read as a whole.</summary>
internal sealed class TranslationsJson() : ValueConverter<IReadOnlyList<PledgeTranslation>, string>(
    translations => Write(translations), json => JsonSerializer.Deserialize<List<PledgeTranslation>>(json, Form)!)
{
    internal static readonly JsonSerializerOptions Form = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Lists in a record compare by reference; what is written is what counts.</summary>
    public static ValueComparer<IReadOnlyList<PledgeTranslation>> Comparer { get; } = new(
        (one, other) => Write(one!) == Write(other!), translations => Write(translations).GetHashCode(StringComparison.Ordinal));

    internal static string Write(IReadOnlyList<PledgeTranslation> translations) => JsonSerializer.Serialize(translations, Form);
}
