using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>The lecture's cards, one at a time, and on each its points one after the other.</summary>
public sealed class LectureScene : StageSceneDescriptor
{
    private static readonly string[] Cards = [.. Enum.GetValues<LectureCard>().Select(card => card.ToString())];

    /// <summary>
    /// How many points each card has, in every language (LectureTextTests): with the first it comes on, each further one is the host's
    /// next step.
    /// </summary>
    public const int PointsOfEach = 3;

    public override SceneKind Kind => SceneKind.Lecture;

    public override Type ResourceType => typeof(LectureText);

    public override IReadOnlyList<SceneSetting> Settings { get; } =
    [
        new ChoicesSetting(nameof(SceneSettings.Cards), Cards, card => $"Card.{card}",
            settings => [.. settings.CardsShown().Select(card => card.ToString())],
            // All of them is stored like none: a card that comes later is then shown as well.
            (settings, chosen) => settings with
            {
                Cards = chosen.Count == Cards.Length ? [] : [.. chosen.Select(card => Enum.Parse<LectureCard>(card))],
            }),
    ];

    public override int Steps(PublishedEvent e, PublishedScene scene) => scene.Settings.CardsShown().Count * PointsOfEach;

    /// <summary>The scene's cards in their order, each with the step at which it comes on.</summary>
    public static IEnumerable<(LectureCard Card, int First)> Places(PublishedScene scene)
    {
        var first = 0;
        foreach (var card in scene.Settings.CardsShown())
        {
            yield return (card, first);
            first += PointsOfEach;
        }
    }
}
