using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>The total, and what the community promises in return; then the closing picture.</summary>
public sealed class ThanksScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Thanks;

    public override Type ResourceType => typeof(ThanksText);

    public override IReadOnlyList<SceneSetting> Settings { get; } =
    [
        new LinesSetting(nameof(SceneSettings.Promises), SceneSettings.LineMaxLength, SceneSettings.MaxLines,
            settings => settings.Promises, (settings, promises) => settings with { Promises = promises }) { IsWide = true },
    ];

    public override int Steps(PublishedEvent e, PublishedScene scene) => 2;
}
