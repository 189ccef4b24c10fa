using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Organizing.Events.Scenes;

/// <summary>Before the scene that is on the stage is removed the organizer is told what the stage then shows; saving again removes it.</summary>
public sealed partial class EventScenesPage
{
    /// <summary>The scene on the stage of whose removal the organizer has been told.</summary>
    [BindProperty]
    public int ToldOnStage { get; set; }

    /// <summary>The stage leaves the scene that a host has brought on.</summary>
    private bool movesStage;

    /// <summary>False where the scene that is on would be removed and the organizer has not been told.</summary>
    private async Task<bool> LeavesStageAsync(List<Scene> scenes)
    {
        var stage = await Db.Stages.AsNoTracking().SingleOrDefaultAsync(s => s.EventId == Event.Id);
        if (stage is not { SceneId: { } on, SceneSince: not null } || !stage.HoldsIn(Event.State)
            || Event.Scenes.Find(s => s.Id == on) is not { } shown || scenes.Contains(shown))
            return true;
        movesStage = true;
        if (ToldOnStage == on)
            return true;
        ModelState.Remove(nameof(ToldOnStage));
        ToldOnStage = on;
        // What a stage shows that no host leads.
        var next = scenes.Find(s => Event.State == EventState.Draft && s.Kind == SceneKind.Welcome)
            ?? scenes.Find(s => s.Kind == SceneKind.Signing);
        ModelState.AddModelError("", next is null
            ? localizer["Error.SceneOnStage.Last", shown.LocalizedTitle()]
            : localizer["Error.SceneOnStage", shown.LocalizedTitle(), next.LocalizedTitle()]);
        return false;
    }
}
