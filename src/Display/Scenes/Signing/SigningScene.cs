using SafetyCampaign.Campaigns;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>Everybody signs: the code, the count rising, the classes filling up, the countdown to the wave.</summary>
public sealed class SigningScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Signing;

    public override Type ResourceType => typeof(SigningText);

    public override bool AsksToSign => true;

    /// <summary>People stand before a screen on which they cannot sign yet.</summary>
    public override bool SignsNext(int step, int steps, EventState state) => state == EventState.Draft;

    /// <summary>Whether there is a number to show: none is while the count is held, nor before the first signature.</summary>
    public static bool ShowsCount(StageScene now, Tally shown) => now.Held is null && shown.People > 0;
}
