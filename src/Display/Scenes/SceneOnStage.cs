using System.Globalization;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>What a scene's view is given: the scene, on stage or waiting, and how the stage stands.</summary>
/// <param name="Shown">The counts to show, which may be held back.</param>
public sealed record SceneOnStage(PublishedScene Scene, PublishedEvent Event, StageScene Now, Tally Shown)
{
    /// <summary>Where in the scene the stage is; a scene that waits begins at its beginning.</summary>
    public int Step => Scene.Id == Now.SceneId ? Now.Step : 0;

    /// <summary>How much room the count needs.</summary>
    public int Digits => Shown.People.ToString(CultureInfo.InvariantCulture).Length;
}
