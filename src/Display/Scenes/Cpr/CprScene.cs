using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>CPR practice: a metronome to press and breathe by, a step for each group that takes its turn.</summary>
public sealed class CprScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Cpr;

    public override Type ResourceType => typeof(CprText);

    public override IReadOnlyList<SceneSetting> Settings { get; } =
    [
        new NumberSetting(nameof(SceneSettings.BeatsPerMinute), SceneSettings.MinBeatsPerMinute, SceneSettings.MaxBeatsPerMinute,
            settings => settings.BeatsPerMinute, (settings, beats) => settings with { BeatsPerMinute = beats }),
        new NumberSetting(nameof(SceneSettings.Groups), 1, SceneSettings.MaxGroups,
            settings => settings.Groups, (settings, groups) => settings with { Groups = groups }),
    ];

    public override bool Plays => true;

    public override int Steps(PublishedEvent e, PublishedScene scene) => scene.Settings.Groups;
}
