using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>A copy of the database that the program itself keeps, with names in it.</summary>
/// <param name="Path">The file, or the folder of what a restore replaced.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="DeleteOn">The day on which it goes; null where it holds no names.</param>
/// <param name="IsBackup">A scheduled backup; else what a restore replaced.</param>
public sealed record KeptCopy(string Path, DateTimeOffset MadeAt, DateOnly? DeleteOn, bool IsBackup)
{
    /// <summary>To be shown.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>
/// The copies of the database that the program keeps beside it: scheduled backups, and what restores have replaced. Each goes on
/// the earliest day that was promised to those whose names it holds. Backups made by hand are their maker's.
/// </summary>
public sealed class KeptCopies(DataFolder folder, BackupSchedule schedule, CampaignDbFactory dbFactory, TimeProvider time)
{
    /// <summary>Of a copy that does not say whose names it holds, because it is damaged.</summary>
    private const int DaysOfUnreadable = 30;

    /// <summary>A copy that is being made takes minutes; one that is older was cut short.</summary>
    private static readonly TimeSpan LeftOver = TimeSpan.FromDays(1);

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<KeptCopy>> ListAsync(CancellationToken cancellationToken = default)
    {
        var promised = await PromisedAsync(cancellationToken);
        return [.. folder.BeforeRestores()
            .Select(kept => new KeptCopy(kept.Path, kept.ReplacedAt, DayOf(kept.Path, kept.ReplacedAt, promised), IsBackup: false))
            .Concat(schedule.Files().Select(file => new KeptCopy(file.Path, file.MadeAt, DayOfBackup(file.Path, file.MadeAt, promised),
                IsBackup: true)))
            .OrderBy(copy => copy.MadeAt)];
    }

    /// <summary>Deletes what has reached its day, and what was cut short while it was made.</summary>
    /// <returns>How many copies went.</returns>
    public async Task<int> DeleteDueAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var due = (await ListAsync(cancellationToken)).Where(copy => copy.DeleteOn <= now.DayIn(CampaignEvent.DefaultZone)).ToList();
        foreach (var copy in due)
            if (copy.IsBackup)
                File.Delete(copy.Path);
            else
                Directory.Delete(copy.Path, recursive: true);
        schedule.DeleteUnfinished(now - LeftOver);
        return due.Count;
    }

    /// <param name="kept">The folder of what a restore replaced.</param>
    /// <param name="replacedAt">When.</param>
    /// <param name="promised">The day of each campaign as it stands now; null for the days as they stood then.</param>
    internal static DateOnly? DayOf(string kept, DateTimeOffset replacedAt, IReadOnlyDictionary<int, DateOnly>? promised = null) =>
        KeptBeforeRestore.In(kept, replacedAt).Promises is { } promises
            ? promises.AsOf(promised ?? new Dictionary<int, DateOnly>()).EarliestDay()
            : DayOfUnreadable(replacedAt);

    private static DateOnly? DayOfBackup(string file, DateTimeOffset madeAt, IReadOnlyDictionary<int, DateOnly> promised)
    {
        try
        {
            if (BackupFile.ReadManifest(file) is { } manifest)
                return manifest.Promises.AsOf(promised).EarliestDay();
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or IOException)
        {
            // It is damaged, which does not make it empty of names.
        }
        return DayOfUnreadable(madeAt);
    }

    private static DateOnly DayOfUnreadable(DateTimeOffset madeAt) =>
        madeAt.AddDays(DaysOfUnreadable).DayIn(CampaignEvent.DefaultZone);

    private async Task<Dictionary<int, DateOnly>> PromisedAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var ends = await db.Campaigns
            .Select(c => new { c.Id, c.Rules.OrderByDescending(r => r.Version).First().EndsOn }).ToListAsync(cancellationToken);
        return ends.ToDictionary(c => c.Id, c => PromisedDays.From(c.Id, c.EndsOn).EraseOn);
    }
}
