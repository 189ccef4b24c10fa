using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

/// <summary>Somebody speaks: the one sentence to remember, and who says it.</summary>
public sealed class SpeechScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Speech;

    public override Type ResourceType => typeof(SpeechText);

    public override IReadOnlyList<SceneSetting> Settings { get; } =
    [
        new LineSetting(nameof(SceneSettings.Speaker), SceneSettings.SpeakerMaxLength,
            settings => settings.Speaker, (settings, speaker) => settings with { Speaker = speaker }),
        new LineSetting(nameof(SceneSettings.KeySentence), SceneSettings.KeySentenceMaxLength,
            settings => settings.KeySentence, (settings, sentence) => settings with { KeySentence = sentence }),
    ];
}
