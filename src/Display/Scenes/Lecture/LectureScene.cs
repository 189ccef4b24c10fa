using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>The lecture's cards, one at a time.</summary>
public sealed class LectureScene : StageSceneDescriptor
{
    private static readonly string[] Cards = [.. Enum.GetValues<LectureCard>().Select(card => card.ToString())];

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

    public override int Steps(PublishedEvent e, PublishedScene scene) => scene.Settings.CardsShown().Count;
}
