using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>
/// Clears away the films that no scene names: their scene was removed or has another film now, or they came only in
/// part. What was written a moment ago stays: a film lies on the shelf before its scene says so.
/// </summary>
internal sealed class FilmRounds(FilmShelf shelf, CampaignDbs dbs, TimeProvider time, ILogger<FilmRounds> log) : Rounds(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var resting = shelf.RestingSince(Time.GetUtcNow() - Interval).ToList();
        if (resting.Count == 0)
            return;
        await using var db = dbs.Open();
        var settings = await db.Events.SelectMany(e => e.Scenes).Where(s => s.Kind == SceneKind.Film).Select(s => s.Settings).ToListAsync(cancellation);
        var named = settings.Select(s => s.Film).ToHashSet(StringComparer.Ordinal);
        foreach (var file in resting.Where(file => !named.Contains(file.Name)))
            file.Delete();
    }

    protected override Task RoundAsync(CancellationToken stopping) => RunAsync(stopping);

    protected override void Tell(Exception failure) => log.LogWarning(
        "Films that are no longer shown could not be cleared away ({Kind}: {Reason}); the next try is in {Interval}", failure.GetType().Name, failure.Message, Interval);
}
