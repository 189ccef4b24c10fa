using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>The lecture's cards, one at a time, and on each its points one after the other.</summary>
public sealed class LectureScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Lecture;

    public override Type ResourceType => typeof(LectureText);

    public override IReadOnlyList<SceneSetting> Settings { get; } = [new CardsSetting()];

    public override int Steps(PublishedEvent e, PublishedScene scene) => scene.Settings.CardsShown().Sum(card => card.Steps);

    /// <summary>The scene's cards in their order, each with the step at which it comes on and the one at which it is over.</summary>
    public static IEnumerable<(LectureCardContent Card, int First, int After)> Places(PublishedScene scene)
    {
        var first = 0;
        foreach (var card in scene.Settings.CardsShown())
        {
            yield return (card, first, first + card.Steps);
            first += card.Steps;
        }
    }
}
