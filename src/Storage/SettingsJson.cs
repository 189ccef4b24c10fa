using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>A scene's settings in one column: they are read and written as a whole, and nobody asks for scenes by them.</summary>
internal sealed class SettingsJson() : ValueConverter<SceneSettings, string>(
    settings => Write(settings), json => JsonSerializer.Deserialize<SceneSettings>(json, Form)!)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Lists in a record compare by reference; what is written is what counts.</summary>
    public static ValueComparer<SceneSettings> Comparer { get; } = new(
        (one, other) => Write(one!) == Write(other!), settings => Write(settings).GetHashCode(StringComparison.Ordinal));

    private static string Write(SceneSettings settings) => JsonSerializer.Serialize(settings, Form);
}
