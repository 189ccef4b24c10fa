using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

/// <summary>Those who signed during the countdown appear at once.</summary>
public sealed class WaveScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Wave;

    public override Type ResourceType => typeof(WaveText);
}
