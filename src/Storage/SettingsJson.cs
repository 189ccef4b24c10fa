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
    internal static readonly JsonSerializerOptions Form = new(LectureCardJson.Plain) { Converters = { new LectureCardJson() } };

    /// <summary>Lists in a record compare by reference; what is written is what counts.</summary>
    public static ValueComparer<SceneSettings> Comparer { get; } = new(
        (one, other) => Write(one!) == Write(other!), settings => Write(settings).GetHashCode(StringComparison.Ordinal));

    internal static string Write(SceneSettings settings) => JsonSerializer.Serialize(settings, Form);
}

/// <summary>A scene's translations in one column: they are read and written with it.</summary>
internal sealed class SceneTranslationsJson() : ValueConverter<IReadOnlyList<SceneTranslation>, string>(
    translations => Write(translations), json => JsonSerializer.Deserialize<List<SceneTranslation>>(json, SettingsJson.Form)!)
{
    /// <summary>Lists in a record compare by reference; what is written is what counts.</summary>
    public static ValueComparer<IReadOnlyList<SceneTranslation>> Comparer { get; } = new(
        (one, other) => Write(one!) == Write(other!), translations => Write(translations).GetHashCode(StringComparison.Ordinal));

    internal static string Write(IReadOnlyList<SceneTranslation> translations) => JsonSerializer.Serialize(translations, SettingsJson.Form);
}

/// <summary>Cards as earlier versions stored them: the name of one of the program's.</summary>
internal sealed class LectureCardJson : JsonConverter<LectureCardContent>
{
    /// <summary>Everything but the cards of earlier versions.</summary>
    public static readonly JsonSerializerOptions Plain = new()
    {
        Converters = { new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public override LectureCardContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? LectureCardContent.Of(Enum.Parse<LectureCard>(reader.GetString()!))
            : JsonSerializer.Deserialize<LectureCardContent>(ref reader, Plain);

    public override void Write(Utf8JsonWriter writer, LectureCardContent value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Plain);
}
