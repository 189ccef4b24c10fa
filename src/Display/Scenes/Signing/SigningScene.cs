using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

/// <summary>Everybody signs: the code, the count rising, the classes filling up, the countdown to the wave.</summary>
public sealed class SigningScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Signing;

    public override Type ResourceType => typeof(SigningText);

    /// <summary>People stand before a screen on which they cannot sign yet, or no longer.</summary>
    public override bool SignsNext(int step, int steps, EventState state) => state is EventState.Draft or EventState.Closed;
}
