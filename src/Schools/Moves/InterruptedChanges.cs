using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Moves;

/// <summary>
/// Follows changes of lists and classes that were saved and not followed, since the program was stopped or the store failed right after.
/// Each node looks: what another one is doing at this moment it finds done.
/// </summary>
public sealed partial class InterruptedChanges(
    CampaignDbFactory dbFactory, PledgeClassUpdater pledges, ClockCheck clock, TimeProvider time, ILogger<InterruptedChanges> log)
    : PeriodicBackgroundService(Interval, time)
{
    /// <summary>Before the first look, and between two.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Follows what is found.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var school in await FindSchoolsAsync(cancellationToken))
            LogUpdated(school, await pledges.UpdateSchoolAsync(school, AccessScope.Everything, cancellationToken));
    }

    protected override Task ExecuteIterationAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void LogFailure(Exception failure) => LogNotFollowed(failure.Message, Interval);

    private async Task<IEnumerable<int>> FindSchoolsAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var marked = await db.Classes.Where(c => c.PartedFromId != null).Select(c => c.SchoolId)
            .Union(db.Roster.Where(r => r.MovedFromId != null).Select(r => r.Class.SchoolId)).ToListAsync(cancellationToken);
        // A merging is done once the class takes part no longer where another one stands for it.
        var merged = await db.Classes.Where(c => c.MergedIntoId != null).Select(c => c.Id).ToListAsync(cancellationToken);
        var events = await RunningEvents.OfClassesAsync(db, merged, clock.Now, cancellationToken);
        return marked.Union(events.SelectMany(e => e.Classes.Where(c => RunningEvents.HasStandInFor(e, c)).Select(c => c.SchoolId)));
    }

    [LoggerMessage(2541, LogLevel.Information,
        "School {SchoolId}: a change of its lists or classes that had been saved was followed, and {Pledges} pledges with it")]
    private partial void LogUpdated(int schoolId, int pledges);

    [LoggerMessage(2542, LogLevel.Warning, "Changes of lists and classes could not be followed ({Reason}); the next try is in {Interval}")]
    private partial void LogNotFollowed(string reason, TimeSpan interval);
}
