using System.Text.Json.Serialization;
using SafetyCampaign.Intake;

namespace SafetyCampaign.Schools.Relay;

/// <summary>What a class's device sends: a sign request of one pupil, with its place on the list and when it was signed.</summary>
public sealed record ClassSignRequest : SignRequest
{
    /// <summary>The pupil on the list of the class; missing for one who is not on it. One that is not on it is as good as none.</summary>
    [JsonPropertyName("seat")]
    public int? RosterEntry
    {
        get => Seat;
        set => Seat = value;
    }

    /// <summary>When it was signed. Where that lies in the future, or before signing was opened, the time of storing counts.</summary>
    [JsonPropertyName("signedAt")]
    public DateTimeOffset? DeviceTime
    {
        get => SignedAt;
        set => SignedAt = value;
    }

    /// <summary>It was signed on a page that was opened during the rehearsal: not taken once the rehearsal is over.</summary>
    [JsonPropertyName("rehearsal")]
    public bool Rehearsal
    {
        get => IsOfRehearsal;
        set => IsOfRehearsal = value;
    }
}

/// <summary>What a teacher notes of a pupil who does not sign.</summary>
public sealed record ClassAnswerRequest
{
    /// <summary>The pupil on the list of the class.</summary>
    public int Seat { get; set; }

    /// <summary><c>declined</c> or <c>absent</c>; null takes back what was noted.</summary>
    public string? Answer { get; set; }

    /// <summary>It was noted on a page that was opened during the rehearsal.</summary>
    public bool Rehearsal { get; set; }
}

/// <summary>The JSON of a class's device, generated at build.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClassSignRequest))]
[JsonSerializable(typeof(ClassAnswerRequest))]
internal sealed partial class SchoolsJson : JsonSerializerContext;
