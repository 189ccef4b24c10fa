using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Films;

/// <summary>
/// Clears away the films that no scene names: their scene was removed or has another film now, or they came only in
/// part. Those of data that a restore has replaced stay while that data is kept: the backup may be older than they are. Files
/// younger than the interval stay, since a film is stored before its scene names it, and so does what is received at this moment.
/// </summary>
internal sealed partial class FilmCleanup(
    FilmStore filmStore, DataFolder folder, CampaignDbFactory dbFactory, ClockCheck clock, TimeProvider time, ILogger<FilmCleanup> log)
    : PeriodicBackgroundService(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>What came only in part before the program was ended, perhaps by a full disk, goes before anything else comes.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        filmStore.DeletePartials();
        return base.StartAsync(cancellationToken);
    }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (!clock.IsTrusted) // by a wrong clock the film that is just being stored has been resting for years
            return;
        var resting = filmStore.RestingSince(Time.GetUtcNow() - Interval).ToList();
        if (resting.Count == 0)
            return;
        await using var db = dbFactory.Open();
        var settings = await db.Set<Scene>().Where(s => s.Kind == SceneKind.Film).Select(s => s.Settings).ToListAsync(cancellationToken);
        var named = settings.Select(s => s.Film).Concat(folder.FilmsBeforeRestores()).ToHashSet(StringComparer.Ordinal);
        foreach (var file in resting.Where(file => !named.Contains(file.Name) && !FilmStore.IsInUse(file)))
            file.Delete();
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogCleanupFailed(failure.GetType().Name, failure.Message, Interval);

    [LoggerMessage(1202, LogLevel.Warning,
        "Films that are no longer shown could not be cleared away ({Kind}: {Reason}); the next try is in {Interval}")]
    private partial void LogCleanupFailed(string kind, string reason, TimeSpan interval);
}
