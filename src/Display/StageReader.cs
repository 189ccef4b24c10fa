using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>Tally and scene as they are now.</summary>
public sealed record StageNow(Tally Tally, StageScene Scene);

/// <summary>Reads the state of an event's stage from memory.</summary>
public sealed class StageReader(
    PublishedStages stages, SceneRegistry<StageSceneDescriptor> kinds, TallyBoard board, LastSentTallies lastSent, NameGate gate,
    TimeProvider time)
{
    public Rundown RundownOf(PublishedEvent e) => new(e, kinds);

    public async ValueTask<StageScene> SceneAsync(PublishedEvent e, CancellationToken cancellationToken = default)
    {
        var stage = await stages.FindAsync(e.Id, cancellationToken);
        var names = await gate.ShownAsync(e, e.Revision + stage.Version, cancellationToken);
        return StageScene.Of(RundownOf(e), stage, [.. names.Select(shown => shown.Name)], time.GetUtcNow());
    }

    /// <summary>The whole, from which whoever watches follows the changes.</summary>
    public async ValueTask<StageNow> NowAsync(PublishedEvent e, CancellationToken cancellationToken = default)
    {
        var tally = board.Snapshot(e);
        lastSent.Answered(e, tally);
        return new StageNow(tally, await SceneAsync(e, cancellationToken));
    }
}
