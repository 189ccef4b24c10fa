using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Host;

/// <summary>A place in the course of the event: a scene, and how far in it (the lecture's card, the oath's line, the group at CPR), from 0.</summary>
public sealed record RundownStep(PublishedScene Scene, int Step);

/// <summary>The course of the event as the host walks it, step by step through all scenes.</summary>
public sealed class Rundown(PublishedEvent e)
{
    private readonly IReadOnlyList<PublishedScene> scenes = e.StageScenes;

    /// <summary>One step on; null at the end of the last scene.</summary>
    public RundownStep? After(RundownStep here) => here.Step + 1 < e.StepsOf(here.Scene) ? here with { Step = here.Step + 1 }
        : NumberOf(here.Scene) < scenes.Count ? new RundownStep(scenes[NumberOf(here.Scene)], 0)
        : null;

    /// <summary>One step back, into the end of the scene before: it undoes a step on. Null at the very beginning.</summary>
    public RundownStep? Before(RundownStep here) => here.Step > 0 ? here with { Step = here.Step - 1 }
        : NumberOf(here.Scene) > 1 && scenes[NumberOf(here.Scene) - 2] is var before ? new RundownStep(before, e.StepsOf(before) - 1)
        : null;

    /// <summary>The scene's number in the order, from 1.</summary>
    public int NumberOf(PublishedScene scene) => scenes.TakeWhile(s => s.Id != scene.Id).Count() + 1;
}
