using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Scenes;

/// <summary>A point in the rundown.</summary>
/// <param name="Step">How far in the scene (the lecture's card, the oath's line, the group at CPR practice), from 0.</param>
public sealed record Cue(PublishedScene Scene, int Step);

/// <summary>The scenes of an event as its stage shows them one after the other, and the host's way through them, step by step.</summary>
public sealed class Rundown(PublishedEvent e, SceneRegistry<StageSceneDescriptor> kinds)
{
    /// <summary>The signing scene of an event whose organizer has planned none.</summary>
    private static readonly PublishedScene Unplanned = new(0, SceneKind.Signing, "", SceneSettings.Usual);

    public PublishedEvent Event => e;

    /// <summary>In the organizer's order; there is always one to sign in, planned or not.</summary>
    public IReadOnlyList<PublishedScene> Scenes { get; } = e.Scenes.Any(IsSigning) ? e.Scenes : [.. e.Scenes, Unplanned];

    /// <summary>What the stage shows while no host leads it: the welcome while the event is a draft, else the signing scene.</summary>
    public PublishedScene SceneWithoutHost =>
        Scenes.FirstOrDefault(s => e.State == EventState.Draft && s.Kind == SceneKind.Welcome) ?? Scenes.First(IsSigning);

    public PublishedScene? Find(int? sceneId) => Scenes.FirstOrDefault(s => s.Id == sceneId);

    public StageSceneDescriptor DescriptorOf(PublishedScene scene) => kinds[scene.Kind];

    /// <summary>How many steps a scene has, at least 1.</summary>
    public int StepsOf(PublishedScene scene) => DescriptorOf(scene).Steps(e, scene);

    /// <summary>The scene's number in the order, from 1.</summary>
    public int NumberOf(PublishedScene scene) => Scenes.TakeWhile(s => s.Id != scene.Id).Count() + 1;

    /// <summary>What comes after a scene; null after the last one.</summary>
    public PublishedScene? SceneAfter(PublishedScene scene) => Scenes.ElementAtOrDefault(NumberOf(scene));

    /// <summary>Where people sign next: from a scene on, or else the first such scene.</summary>
    public PublishedScene SigningFrom(PublishedScene? from) =>
        Scenes.SkipWhile(s => s != from).FirstOrDefault(IsSigning) ?? Scenes.First(IsSigning);

    /// <summary>The oath whose countdown a signing scene has: the last one before it, or else the first; null without any.</summary>
    public PublishedScene? OathBefore(PublishedScene signing) =>
        Scenes.TakeWhile(s => s != signing).LastOrDefault(IsOath) ?? Scenes.FirstOrDefault(IsOath);

    /// <summary>One step on; null at the end of the last scene.</summary>
    public Cue? After(Cue cue) => cue.Step + 1 < StepsOf(cue.Scene) ? cue with { Step = cue.Step + 1 }
        : SceneAfter(cue.Scene) is { } next ? new Cue(next, 0)
        : null;

    /// <summary>One step back, into the end of the scene before: it undoes a step on. Null at the very beginning.</summary>
    public Cue? Before(Cue cue) => cue.Step > 0 ? cue with { Step = cue.Step - 1 }
        : NumberOf(cue.Scene) > 1 && Scenes[NumberOf(cue.Scene) - 2] is var before ? new Cue(before, StepsOf(before) - 1)
        : null;

    private static bool IsSigning(PublishedScene scene) => scene.Kind == SceneKind.Signing;

    private static bool IsOath(PublishedScene scene) => scene.Kind == SceneKind.Oath;
}
