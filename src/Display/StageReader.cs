using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>The truth at the moment of asking.</summary>
public sealed record StageNow(Tally Tally, StageScene Scene);

/// <summary>Reads from memory how an event's stage stands.</summary>
public sealed class StageReader(PublishedStages stages, TallyBoard board, TimeProvider time)
{
    public async ValueTask<StageScene> SceneAsync(PublishedEvent e, CancellationToken cancellation = default) =>
        StageScene.Of(e, await stages.FindAsync(e.Id, cancellation), [], time.GetUtcNow());

    public async ValueTask<StageNow> NowAsync(PublishedEvent e, CancellationToken cancellation = default) =>
        new(board.Snapshot(e), await SceneAsync(e, cancellation));
}
