using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

/// <summary>While people arrive: the event's title, who asks for the pledge, how long it is until the beginning.</summary>
public sealed class WelcomeScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Welcome;

    public override Type ResourceType => typeof(WelcomeText);

    public override bool AsksToSign => true;
}
