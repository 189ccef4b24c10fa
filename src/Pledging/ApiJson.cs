using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SafetyCampaign.Intake;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Pledging;

/// <summary>The JSON of the public API, generated at build: no reflection while a pledge is read.</summary>
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(SignAnswer))]
[JsonSerializable(typeof(EventFacts))]
[JsonSerializable(typeof(Tally))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>With Chinese text as it is: half the bytes of escapes.</summary>
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.Strict,
    });
}
