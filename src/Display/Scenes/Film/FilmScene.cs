using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

/// <summary>A film, on every projector at the same second.</summary>
public sealed class FilmScene : StageSceneDescriptor
{
    public override SceneKind Kind => SceneKind.Film;

    public override Type ResourceType => typeof(FilmSceneText);

    public override IReadOnlyList<SceneSetting> Settings { get; } = [new FilmSetting()];

    public override bool Plays => true;

    public override bool Seeks => true;
}
