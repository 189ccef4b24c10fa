using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>
/// Describes one kind of scene to the stage and its host: where its view lies, how many steps it has, what the host can do
/// in it. Every class that derives from this is registered at start (<see cref="ScenesSetup"/>). The scene's script and
/// style are the files of its folder that have the folder's name (build/scenes.mjs).
/// </summary>
public abstract class StageSceneDescriptor : SceneDescriptor
{
    /// <summary>The view that writes the scene into the stage page; its model is a <see cref="SceneOnStage"/>.</summary>
    public virtual string View => $"/src/Display/Scenes/{Name}/{Name}Scene.cshtml";

    /// <summary>
    /// The film or metronome in it runs by the server's clock: the host starts, stops and restarts it and turns its sound on.
    /// Its texts then include <c>Play</c> and <c>Pause</c>.
    /// </summary>
    public virtual bool Plays => false;

    /// <summary>The host can also go some seconds back and forward in what plays.</summary>
    public virtual bool Seeks => false;

    /// <summary>The key of the text that names the first step, where that one is not numbered; null where all are.</summary>
    public virtual string? LeadIn => null;

    /// <summary>
    /// How many steps the host takes through the scene, at least 1. Where there can be more, its texts include <c>Next</c>
    /// for the host's button.
    /// </summary>
    public virtual int Steps(PublishedEvent e, PublishedScene scene) => 1;

    /// <summary>What everybody reads aloud at a step, shown to the host as well; null for nothing.</summary>
    /// <param name="step">From 0.</param>
    public virtual string? LineAt(PublishedEvent e, PublishedScene scene, int step) => null;

    /// <summary>In this scene people are asked to scan or to sign: the host reads first whether they can.</summary>
    public virtual bool AsksToSign => false;

    /// <summary>
    /// How long the host's bar takes no press after it has changed, in milliseconds: a double press must not take two steps.
    /// </summary>
    public virtual int SettleTime => 300;

    /// <summary>
    /// The host's next act is 现在签 (open signing, with the countdown), rather than the next step. Never where signing has been closed:
    /// it is opened again by a button of its own, which asks.
    /// </summary>
    /// <param name="step">From 0.</param>
    /// <param name="steps">As <see cref="Steps"/> says.</param>
    /// <param name="state">Of the event.</param>
    public virtual bool SignsNext(int step, int steps, EventState state) => false;
}
