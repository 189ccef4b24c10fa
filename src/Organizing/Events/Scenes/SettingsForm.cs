using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>
/// The settings of one scene as they are typed. Each kind shows and reads its own; what belongs to another kind, or to
/// another page such as the film's file, stays as it was.
/// </summary>
public sealed record SettingsForm
{
    public string? Speaker { get; init; }
    public string? KeySentence { get; init; }
    public List<LectureCard> Cards { get; init; } = [];
    public string? BeatsPerMinute { get; init; }
    public string? Groups { get; init; }

    /// <summary>The oath, a line each.</summary>
    public string? Lines { get; init; }

    public string? CountdownSeconds { get; init; }

    /// <summary>What the community promises, a line each.</summary>
    public string? Promises { get; init; }

    /// <summary>Whether a kind of scene has anything to settle here; a film has a page of its own.</summary>
    public static bool Has(SceneKind kind) => kind is not (SceneKind.Welcome or SceneKind.Film or SceneKind.Signing or SceneKind.Wave);

    public static SettingsForm Of(SceneSettings settings) => new()
    {
        Speaker = settings.Speaker,
        KeySentence = settings.KeySentence,
        Cards = [.. settings.CardsShown()],
        BeatsPerMinute = $"{settings.BeatsPerMinute}",
        Groups = $"{settings.Groups}",
        Lines = string.Join('\n', settings.Lines),
        CountdownSeconds = $"{settings.CountdownSeconds}",
        Promises = string.Join('\n', settings.Promises),
    };

    public SceneSettings Read(FormReader read, SceneKind kind, SceneSettings before) => kind switch
    {
        SceneKind.Speech => before with
        {
            Speaker = read.Line(nameof(Speaker), Speaker, SceneSettings.SpeakerMaxLength, required: false),
            KeySentence = read.Line(nameof(KeySentence), KeySentence, SceneSettings.KeySentenceMaxLength, required: false),
        },
        // All of them is the same as none said: a card that comes later is then shown as well.
        SceneKind.Lecture => before with { Cards = Cards.Count == Enum.GetValues<LectureCard>().Length ? [] : [.. Cards.Where(Enum.IsDefined).Distinct()] },
        SceneKind.Cpr => before with
        {
            BeatsPerMinute = read.Number(nameof(BeatsPerMinute), BeatsPerMinute, SceneSettings.MinBeatsPerMinute, SceneSettings.MaxBeatsPerMinute),
            Groups = read.Number(nameof(Groups), Groups, 1, SceneSettings.MaxGroups),
        },
        SceneKind.Oath => before with
        {
            Lines = read.Lines(nameof(Lines), Lines, SceneSettings.LineMaxLength, SceneSettings.MaxLines),
            CountdownSeconds = read.Number(nameof(CountdownSeconds), CountdownSeconds, SceneSettings.MinCountdownSeconds, SceneSettings.MaxCountdownSeconds),
        },
        SceneKind.Thanks => before with { Promises = read.Lines(nameof(Promises), Promises, SceneSettings.LineMaxLength, SceneSettings.MaxLines) },
        _ => before,
    };
}
