using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>Writes down what an import does, so that the page says the same at every node that shares the store.</summary>
public sealed class RosterImportRecords(CampaignDbFactory dbFactory, TimeProvider time)
{
    /// <summary>Between two notes of a running import.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A node that has noted nothing for so long was stopped, and with it the import.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    /// <summary>The last one of a school; null where there was none.</summary>
    public async Task<RosterImportRecord?> FindAsync(int schoolId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.RosterImports.AsNoTracking().SingleOrDefaultAsync(r => r.SchoolId == schoolId, cancellationToken);
    }

    /// <summary>Begins one. False where one of the school runs at a node.</summary>
    public async Task<bool> TryBeginAsync(int schoolId, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var silentSince = startedAt - MaxSilence;
        var taken = await db.RosterImports
            .Where(r => r.SchoolId == schoolId && (r.Outcome != RosterImportOutcome.Running || r.HeardAt < silentSince))
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.StartedAt, startedAt).SetProperty(x => x.HeardAt, startedAt)
                .SetProperty(x => x.Done, 0).SetProperty(x => x.All, 0).SetProperty(x => x.Outcome, RosterImportOutcome.Running),
                cancellationToken);
        if (taken > 0)
            return true;
        if (await db.RosterImports.AnyAsync(r => r.SchoolId == schoolId, cancellationToken))
            return false;
        db.Add(new RosterImportRecord { SchoolId = schoolId, StartedAt = startedAt, HeardAt = startedAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
        {
            return false; // another node was first
        }
    }

    /// <summary>Notes how far it is, at intervals until it ends. Where nobody else reads the store nothing is noted.</summary>
    public async Task ReportProgressAsync(int schoolId, RosterImport import, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await using var db = dbFactory.Open();
                if (!db.IsShared)
                    return;
                var (now, (done, all)) = (time.GetUtcNow(), import.Progress);
                await Running(db, schoolId, import.StartedAt).ExecuteUpdateAsync(r => r.SetProperty(x => x.HeardAt, now)
                    .SetProperty(x => x.Done, done).SetProperty(x => x.All, all), ended);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException || StoreFailure.Is(failure))
        {
            // The import goes on; what became of it is noted when it ends.
        }
    }

    /// <summary>All is stored: to be called in the transaction that stores it.</summary>
    public static Task NoteImportedAsync(
        CampaignDb db, int schoolId, RosterImport import, ImportedRoster imported, CancellationToken cancellationToken) =>
        Running(db, schoolId, import.StartedAt).ExecuteUpdateAsync(r => r.SetProperty(x => x.Outcome, RosterImportOutcome.Imported)
            .SetProperty(x => x.Added, imported.Added).SetProperty(x => x.Changed, imported.Changed)
            .SetProperty(x => x.Moved, imported.Moved).SetProperty(x => x.Left, imported.Left), cancellationToken);

    /// <summary>Nothing is stored.</summary>
    public async Task NoteNotImportedAsync(int schoolId, RosterImport import, RosterImportOutcome why)
    {
        await using var db = dbFactory.Open();
        await Running(db, schoolId, import.StartedAt).ExecuteUpdateAsync(r => r.SetProperty(x => x.Outcome, why), CancellationToken.None);
    }

    private static IQueryable<RosterImportRecord> Running(CampaignDb db, int schoolId, DateTimeOffset startedAt) => db.RosterImports
        .Where(r => r.SchoolId == schoolId && r.StartedAt == startedAt && r.Outcome == RosterImportOutcome.Running);
}
